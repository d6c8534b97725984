import {
  AbandonRequest,
  AddRequest,
  Attribute,
  type BerWriter,
  BindRequest,
  Change,
  CompareRequest,
  DeleteRequest,
  ExtendedRequest,
  InvalidAsn1Error,
  Control as LdaptsControl,
  ModifyDNRequest,
  ModifyRequest,
  UnbindRequest,
} from 'ldapts';
import { DirectoryError } from '#model/errors.ts';
import type { Control } from '../controls.ts';
import type { Add, Compare, Delete, Extended, Modify, ModifyDn, Value } from '../operations.ts';

/** A request without the id that a connection gives it. */
export type Encode = (messageId: number) => Buffer;

export function encodeAdd({ dn, attributes, controls }: Add): Encode {
  const list = Object.entries(attributes)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => toAttribute(name, values));
  return (messageId) => new AddRequest({ messageId, dn, attributes: list, controls: toControls(controls) }).write();
}

export function encodeModify({ dn, changes, controls }: Modify): Encode {
  const list = changes.map(
    ({ operation, attribute, values }) => new Change({ operation, modification: toAttribute(attribute, values) }),
  );
  return (messageId) => new ModifyRequest({ messageId, dn, changes: list, controls: toControls(controls) }).write();
}

export function encodeModifyDn({ controls, ...request }: ModifyDn): Encode {
  return (messageId) => new ModifyDNRequest({ messageId, ...request, controls: toControls(controls) }).write();
}

export function encodeDelete({ dn, controls }: Delete): Encode {
  return (messageId) => new DeleteRequest({ messageId, dn, controls: toControls(controls) }).write();
}

export function encodeCompare({ controls, ...request }: Compare): Encode {
  return (messageId) => new CompareRequest({ messageId, ...request, controls: toControls(controls) }).write();
}

export function encodeExtended({ oid, value, controls }: Extended): Encode {
  const content = value === undefined ? {} : { value };
  return (messageId) => new ExtendedRequest({ messageId, oid, ...content, controls: toControls(controls) }).write();
}

export function encodeSimpleBind(dn: string, password: string): Encode {
  return (messageId) => new BindRequest({ messageId, dn, password }).write();
}

export function encodeExternalBind(): Encode {
  return (messageId) => new BindRequest({ messageId, mechanism: 'EXTERNAL' }).write();
}

export function encodeAbandon(abandonId: number): Encode {
  return (messageId) => new AbandonRequest({ messageId, abandonId }).write();
}

export function encodeUnbind(): Encode {
  return (messageId) => new UnbindRequest({ messageId }).write();
}

/** @throws {DirectoryError} TOO_LARGE where ldapts has no length for it: from 16 MiB on */
export function writeMessage(encode: Encode, messageId: number): Buffer {
  try {
    return encode(messageId);
  } catch (cause) {
    if (!(cause instanceof InvalidAsn1Error)) throw cause;
    throw new DirectoryError('TOO_LARGE', 'a request to the directory is larger than 16 MiB', { cause });
  }
}

function toAttribute(type: string, values: readonly Value[]): Attribute {
  return new Attribute({ type, values: values.map(toBuffer) });
}

function toBuffer(value: Value): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

function toControls(controls: readonly Control[] = []): LdaptsControl[] {
  return controls.map((control) => new EncodedControl(control));
}

/** At the end of a message; nothing where there are none. RFC 4511 §4.1.11 */
export function writeControls(writer: BerWriter, controls: readonly Control[] = []): void {
  if (controls.length === 0) return;
  writer.startSequence(CONTROLS);
  for (const control of toControls(controls)) control.write(writer);
  writer.endSequence();
}

/** A control whose value is there already. */
class EncodedControl extends LdaptsControl {
  readonly #value: Buffer | undefined;

  constructor({ type, critical = false, value }: Control) {
    super(type, { critical });
    this.#value = value;
  }

  protected override writeControl(writer: BerWriter): void {
    if (this.#value !== undefined) writer.writeBuffer(this.#value, OCTET_STRING);
  }
}

const OCTET_STRING = 0x04;
const CONTROLS = 0xa0;
