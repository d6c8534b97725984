import type { Entry } from './entry.ts';
import { LdapError } from './ldap-error.ts';
import type * as operation from './operations.ts';
import type { LdapOperations, Limits } from './pool.ts';
import type { Incoming } from './protocol/decode.ts';
import * as encode from './protocol/encode.ts';

/** A request before it has a connection. */
export interface Ask {
  /** By then it has an answer: milliseconds since the epoch. Asked for once per attempt. */
  encode(until: number): encode.Encode;
  readonly writes: boolean;
  take?(message: Incoming): void;
  /** False: part of the answer is with whoever asked. */
  isRepeatable?(): boolean;
}

/** Sends it, and answers with the server's result, whatever its code. */
export type Perform = (limits: Limits, ask: Ask) => Promise<operation.ExtendedResult>;

const SUCCESS = 0;
const COMPARE_FALSE = 5;
const COMPARE_TRUE = 6;

/** Operations in terms of one that sends. */
export class Operations implements LdapOperations {
  readonly #perform: Perform;

  constructor(perform: Perform) {
    this.#perform = perform;
  }

  async search(limits: Limits, request: operation.Search): Promise<operation.SearchResult> {
    let entries: Entry[] = [];
    let references: string[] = [];
    const begin = () => {
      entries = [];
      references = [];
    };
    const take = (message: Incoming) => {
      if (message.kind === 'entry') entries.push(message.entry);
      if (message.kind === 'reference') references.push(...message.urls);
    };
    const result = await this.#read(limits, request, take, begin);
    return { ...result, entries, references };
  }

  async stream(limits: Limits, request: operation.Search, take: (entry: Entry) => void) {
    const references: string[] = [];
    let taken = false;
    const part = (message: Incoming) => {
      taken = true;
      if (message.kind === 'entry') take(message.entry);
      if (message.kind === 'reference') references.push(...message.urls);
    };
    const result = await this.#read(
      limits,
      request,
      part,
      () => undefined,
      () => !taken,
    );
    return { ...result, references };
  }

  async #read(
    limits: Limits,
    request: operation.Search,
    take: (message: Incoming) => void,
    begin: () => void,
    isRepeatable: () => boolean = () => true,
  ): Promise<operation.LdapResult> {
    const encoded = (until: number) => {
      begin();
      return encode.encodeSearch(request, Math.max(1, Math.ceil((until - Date.now()) / 1_000)));
    };
    return checked(await this.#perform(limits, { encode: encoded, writes: false, take, isRepeatable }), request);
  }

  add(limits: Limits, request: operation.Add): Promise<operation.LdapResult> {
    const deed = `add an entry with ${Object.keys(request.attributes).join(', ')}`;
    return this.#write(limits, { ...request, deed }, encode.encodeAdd(request));
  }

  modify(limits: Limits, request: operation.Modify): Promise<operation.LdapResult> {
    const names = new Set(request.changes.map(({ attribute }) => attribute));
    const deed = `change ${[...names].join(', ')} of an entry`;
    return this.#write(limits, { ...request, deed }, encode.encodeModify(request));
  }

  modifyDn(limits: Limits, request: operation.ModifyDn): Promise<operation.LdapResult> {
    return this.#write(limits, { ...request, deed: 'rename an entry' }, encode.encodeModifyDn(request));
  }

  delete(limits: Limits, request: operation.Delete): Promise<operation.LdapResult> {
    return this.#write(limits, { ...request, deed: 'delete an entry' }, encode.encodeDelete(request));
  }

  extended(limits: Limits, request: operation.Extended): Promise<operation.ExtendedResult> {
    return this.#write(limits, request, encode.encodeExtended(request));
  }

  async compare(limits: Limits, request: operation.Compare): Promise<boolean> {
    const encoded = encode.encodeCompare(request);
    const result = await this.#perform(limits, { encode: () => encoded, writes: false });
    return checked(result, { accept: [COMPARE_FALSE, COMPARE_TRUE] }).code === COMPARE_TRUE;
  }

  async #write(limits: Limits, request: Expected, encoded: encode.Encode): Promise<operation.ExtendedResult> {
    return checked(await this.#perform(limits, { encode: () => encoded, writes: true }), request);
  }
}

interface Expected {
  readonly accept?: readonly number[];
  readonly deed?: string;
}

/** @throws {LdapError} */
function checked(result: operation.ExtendedResult, { accept = [], deed }: Expected): operation.ExtendedResult {
  if (result.code === SUCCESS || accept.includes(result.code)) return result;
  throw new LdapError(result, deed);
}
