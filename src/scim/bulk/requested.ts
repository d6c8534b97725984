import type { ResourceType } from '#core/schema/attribute.ts';
import { shown } from '#core/validate/faults.ts';
import { DirectoryError } from '#model/errors.ts';
import { parseJson } from '#model/parse-json.ts';
import type { Scope } from '#model/principal.ts';
import type { Json, JsonObject, ResourceId } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import { propertyInAnyCase } from '../idp-quirks.ts';
import { Refusal } from '../refusal.ts';
import { decodeText } from '../request/read-body.ts';
import { bulkIdOf, bulkIdsIn } from './references.ts';

/** Fits wherever there is a number with a fraction or an exponent, and now and then elsewhere. */
const UNLIKE_INTEGER = /[[:,\s]-?\d+[.eE]/;

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type BulkMethod = (typeof METHODS)[number];

/** Whom an operation is for; `id` is empty for a POST, and may be a reference. */
export interface Addressed {
  readonly type: ResourceType;
  readonly id: ResourceId;
  readonly scope: Scope;
}

/**
 * Finds the endpoint of a method and a path, as for a request of its own.
 * @throws {Refusal} for what no operation can be
 * @throws {DirectoryError} NOT_FOUND
 */
export type Address = (method: BulkMethod, path: string) => Addressed;

/** What is known of an operation before its turn comes. */
export interface Requested {
  /** The operation as it was sent: its data is parsed again in its turn, since a tree takes some ten times the memory of its text. */
  readonly text: Buffer;
  /** As far as they could be read, for the answer. */
  readonly method?: BulkMethod;
  readonly bulkId?: string;
  readonly version?: string;
  readonly addressed?: Addressed;
  /** The bulkIds that its path and its data name. */
  readonly names: readonly string[];
  /** Why it cannot be carried out, whatever the others do. */
  readonly fault?: Error;
}

export interface ReadOptions {
  readonly address: Address;
  /** Of the credential. */
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * The operation that a text is, RFC 7644 §3.7.
 * @throws {DirectoryError} INVALID_SYNTAX for what is no JSON, which makes the whole request none; whatever else is wrong is the
 *   operation's own fault
 */
export function readRequested(text: Buffer, position: number, { address, scopes }: ReadOptions): Requested {
  const parsed = parseAt(text, position);
  let read: Omit<Requested, 'text' | 'names'> = {};
  try {
    if (!isObject(parsed)) throw syntax(`an operation is an object, got ${shown(parsed)}`);
    const bulkId = textIn(parsed, 'bulkId');
    if (bulkId !== undefined) read = { ...read, bulkId };
    const method = methodOf(parsed);
    read = { ...read, method };
    const version = textIn(parsed, 'version');
    if (version !== undefined && method !== 'POST') read = { ...read, version };
    const addressed = address(method, pathOf(parsed));
    read = { ...read, addressed };
    if (!scopes.has(addressed.scope)) throw new Refusal(403, `this needs the scope ${addressed.scope}`);
    if (method === 'POST' && !bulkId)
      throw missing('bulkId', 'a text that names what a POST creates, within this request');
    const inPath = bulkIdOf(addressed.id);
    const data = method === 'DELETE' ? {} : dataOf(parsed);
    const inData = mayRefer(text) ? bulkIdsIn(addressed.type, data) : [];
    return { text, ...read, names: inPath === undefined ? inData : [inPath, ...inData] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { text, ...read, names: [], fault: error };
  }
}

/** The data of an operation that has been read before, and is sound: only numbers such as `1.0` have to be told apart again. */
export function requestedData({ text }: Requested): JsonObject {
  const json = decodeText(text);
  return dataOf((UNLIKE_INTEGER.test(json) ? parseJson(json) : JSON.parse(json)) as JsonObject);
}

function parseAt(text: Buffer, position: number): Json {
  try {
    return parseJson(text.length === 0 ? '' : decodeText(text));
  } catch (cause) {
    if (!(cause instanceof DirectoryError)) throw cause;
    throw new DirectoryError(cause.code, `Operations[${position}]: ${cause.message}`, { cause });
  }
}

/** Every letter of a text can be escaped. */
function mayRefer(text: Buffer): boolean {
  return text.includes('bulkId:') || text.includes('\\u');
}

function methodOf(operation: JsonObject): BulkMethod {
  const given = textIn(operation, 'method');
  const method = METHODS.find((name) => name === given?.toUpperCase());
  if (method === undefined)
    throw syntax(`method must be one of ${METHODS.join(', ')}${given === undefined ? '' : `, got ${shown(given)}`}`);
  return method;
}

function pathOf(operation: JsonObject): string {
  const path = textIn(operation, 'path');
  if (path === undefined) throw missing('path', 'an endpoint such as /Users, or a resource such as /Users/2819c223');
  return path;
}

function dataOf(operation: JsonObject): JsonObject {
  const data = propertyInAnyCase(operation, 'data');
  if (data === undefined || data === null) throw missing('data', 'the body of the request that this stands for');
  if (!isObject(data)) throw syntax('data must be an object');
  return data;
}

function textIn(operation: JsonObject, name: string): string | undefined {
  const value = propertyInAnyCase(operation, name) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw syntax(`${name} must be a string, got ${shown(value)}`);
  return value;
}

function syntax(detail: string): DirectoryError {
  return new DirectoryError('INVALID_SYNTAX', detail);
}

function missing(path: string, expected: string): DirectoryError {
  return new DirectoryError('INVALID_VALUE', `${path} is missing`, { faults: [{ path, expected }] });
}
