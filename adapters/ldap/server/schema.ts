/** The schema of a server: which attributes and object classes it knows, RFC 4512 §4.2. */
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { CODE } from '../result-error.ts';
import { type Description, namesOf, parseDescription } from './description.ts';

export interface AttributeType {
  /** The first is the one that the schema prefers. */
  readonly names: readonly string[];
  /** The object identifier, without a length. */
  readonly syntax: string | undefined;
  readonly equality: string | undefined;
  readonly singleValue: boolean;
  /** Kept by the server, whatever the object classes of the entry. */
  readonly operational: boolean;
}

export interface ObjectClass {
  readonly names: readonly string[];
  readonly kind: 'structural' | 'auxiliary' | 'abstract';
}

/** Lower-case names that the schema prefers. */
export interface ClassContents {
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

/** Superiors of superiors; no schema has as many, and one that leads back to itself ends there. */
const MOST_SUPERIORS = 32;
const ANYTHING = 'extensibleobject';

/** Undefined where the account may not read it. */
export async function readSchema(
  server: LdapOperations,
  limits: Limits,
  subentry: string | undefined,
): Promise<ServerSchema | undefined> {
  if (subentry === undefined) return undefined;
  const { entries } = await server.search(limits, {
    base: subentry,
    scope: 'base',
    filter: '(objectClass=subschema)',
    attributes: ['attributeTypes', 'objectClasses', 'dITContentRules'],
    accept: [CODE.noSuchObject, CODE.insufficientAccess],
  });
  const [entry] = entries;
  if (entry === undefined) return undefined;
  const hasRules = entry.buffers('dITContentRules').length > 0;
  const schema = new ServerSchema(entry.strings('attributeTypes'), entry.strings('objectClasses'), hasRules);
  return schema.isEmpty ? undefined : schema;
}

export class ServerSchema {
  readonly #attributes: Descriptions;
  readonly #classes: Descriptions;

  readonly #hasContentRules: boolean;

  /** Descriptions as the subschema subentry has them; what cannot be read as one is left out. */
  constructor(attributeTypes: readonly string[], objectClasses: readonly string[], hasContentRules = false) {
    this.#hasContentRules = hasContentRules;
    this.#attributes = new Descriptions(attributeTypes);
    this.#classes = new Descriptions(objectClasses);
  }

  get isEmpty(): boolean {
    return this.#attributes.isEmpty || this.#classes.isEmpty;
  }

  /** Options (`;binary`) do not count. */
  attribute(name: string): AttributeType | undefined {
    const lineage = this.#lineage(this.#attributes, baseName(name));
    const [own] = lineage;
    if (own === undefined) return undefined;
    const inherited = (keyword: string) => lineage.find((each) => each.values(keyword).length > 0)?.values(keyword)[0];
    return {
      names: own.names,
      syntax: inherited('SYNTAX')?.replace(/\{\d+\}$/, ''),
      equality: inherited('EQUALITY'),
      singleValue: own.has('SINGLE-VALUE'),
      // Active Directory states no usage; what no user modifies is operational (RFC 4512 §3.4).
      operational: /operation$/i.test(inherited('USAGE') ?? '') || own.has('NO-USER-MODIFICATION'),
    };
  }

  objectClass(name: string): ObjectClass | undefined {
    const own = this.#classes.get(name);
    if (own === undefined) return undefined;
    const kind = own.has('AUXILIARY') ? 'auxiliary' : own.has('ABSTRACT') ? 'abstract' : 'structural';
    return { names: own.names, kind };
  }

  /** The classes and all above them, lower-case. */
  lineage(classes: readonly string[]): ReadonlySet<string> {
    return new Set(this.#all(classes).flatMap(({ names }) => names.map((name) => name.toLowerCase())));
  }

  /** What entries of these classes must and may have. Undefined where they may have anything, or where rules add to the classes (RFC 4512 §4.1.6). */
  contents(classes: readonly string[]): ClassContents | undefined {
    const all = this.#all(classes);
    if (this.#hasContentRules || all.some(({ names }) => names.some((name) => name.toLowerCase() === ANYTHING)))
      return undefined;
    const named = (keyword: string) =>
      new Set(all.flatMap((each) => each.values(keyword)).map((name) => this.canonical(name)));
    return { must: named('MUST'), may: named('MAY') };
  }

  /** One name for all that the schema has for an attribute; lower-case, and the name itself where it has none. */
  canonical(name: string): string {
    const [preferred = baseName(name)] = this.#attributes.get(baseName(name))?.names ?? [];
    return preferred.toLowerCase();
  }

  #all(classes: readonly string[]): readonly Description[] {
    return [...new Set(classes.flatMap((name) => this.#lineage(this.#classes, name)))];
  }

  /** Itself first, then its superiors; empty where it is not known. */
  #lineage(table: Descriptions, name: string): readonly Description[] {
    const found = new Set<Description>();
    const waiting = [name];
    while (waiting.length > 0 && found.size < MOST_SUPERIORS) {
      const description = table.get(waiting.shift() ?? '');
      if (description === undefined || found.has(description)) continue;
      found.add(description);
      waiting.push(...description.values('SUP'));
    }
    return [...found];
  }
}

function baseName(name: string): string {
  return name.split(';', 1)[0] ?? name;
}

/** By each name and by the object identifier, without regard to case; read when they are asked for. */
class Descriptions {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #read = new Map<string, Description | undefined>();

  constructor(texts: readonly string[]) {
    this.#texts = new Map(texts.flatMap((text) => namesOf(text).map((name) => [name.toLowerCase(), text])));
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  get(name: string): Description | undefined {
    const text = this.#texts.get(name.toLowerCase());
    if (text === undefined) return undefined;
    if (!this.#read.has(text)) this.#read.set(text, parseDescription(text));
    return this.#read.get(text);
  }
}
