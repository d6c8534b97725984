import type { Entry } from './entry.ts';
import { LdapError } from './ldap-error.ts';
import type * as operation from './operations.ts';
import type { LdapOperations, Limits } from './pool.ts';
import type { Incoming } from './protocol/decode.ts';
import * as encode from './protocol/encode.ts';
import { encodeSearch } from './protocol/encode-search.ts';
import type { Asking } from './transport/in-flight.ts';

/** A request before it has a connection. */
export interface Ask extends Asking {
  /** By then it has an answer: milliseconds since the epoch. Asked for once per attempt. */
  encode(until: number): encode.Encode;
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
    const gathering = new Gathering(request);
    const result = checked(await this.#perform(limits, gathering), request);
    return { ...result, entries: gathering.entries, references: gathering.references };
  }

  async stream(limits: Limits, request: operation.Search, take: (entry: Entry) => void) {
    const passing = new Passing(request, take);
    const result = checked(await this.#perform(limits, passing), request);
    return { ...result, references: passing.references };
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

/** A search whose entries are kept until it is over. */
class Gathering implements Ask {
  readonly writes = false;
  readonly #request: operation.Search;
  entries: Entry[] = [];
  references: string[] = [];

  constructor(request: operation.Search) {
    this.#request = request;
  }

  encode(until: number): encode.Encode {
    this.entries = [];
    this.references = [];
    return encodeSearch(this.#request, secondsUntil(until));
  }

  take(message: Incoming): void {
    if (message.kind === 'entry') this.entries.push(message.entry);
    if (message.kind === 'reference') this.references.push(...message.urls);
  }
}

/** A search whose entries go on as they come. */
class Passing implements Ask {
  readonly writes = false;
  readonly references: string[] = [];
  readonly #request: operation.Search;
  readonly #take: (entry: Entry) => void;
  #hasTaken = false;

  constructor(request: operation.Search, take: (entry: Entry) => void) {
    this.#request = request;
    this.#take = take;
  }

  encode(until: number): encode.Encode {
    return encodeSearch(this.#request, secondsUntil(until));
  }

  take(message: Incoming): void {
    this.#hasTaken = true;
    if (message.kind === 'entry') this.#take(message.entry);
    if (message.kind === 'reference') this.references.push(...message.urls);
  }

  isRepeatable(): boolean {
    return !this.#hasTaken;
  }
}

function secondsUntil(until: number): number {
  return Math.max(1, Math.ceil((until - Date.now()) / 1_000));
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
