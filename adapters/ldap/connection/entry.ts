import { attributeKey } from './protocol/attribute-names.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** An entry as a search found it: every attribute a list, every value the bytes that came, names without regard to case. */
export class Entry {
  readonly dn: string;
  readonly #attributes = new Map<string, Attribute>();

  constructor(dn: string, attributes: readonly Attribute[]) {
    this.dn = dn;
    for (const attribute of attributes) this.#attributes.set(attribute.key ?? attributeKey(attribute.name), attribute);
  }

  /** As the server writes them, options among them: `member;range=0-1499`. */
  get names(): readonly string[] {
    return [...this.#attributes.values()].map(({ name }) => name);
  }

  /** Empty where the entry has none. */
  buffers(name: string): readonly Buffer[] {
    return this.#attributes.get(attributeKey(name))?.values ?? NONE;
  }

  /** What is no UTF-8 comes with U+FFFD in its place; see `isText`. */
  strings(name: string): readonly string[] {
    return this.buffers(name).map((value) => value.toString('utf8'));
  }

  /** The first value, for attributes that have at most one. */
  string(name: string): string | undefined {
    return this.buffers(name)[0]?.toString('utf8');
  }
}

const NONE: readonly Buffer[] = [];

export interface Attribute {
  readonly name: string;
  /** The name in small letters, where it is known. */
  readonly key?: string;
  readonly values: readonly Buffer[];
}

export function isText(value: Buffer): boolean {
  try {
    utf8.decode(value);
    return true;
  } catch {
    return false;
  }
}
