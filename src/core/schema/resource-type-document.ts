import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';

/** A resource type as its document gives it, RFC 7643 §6; schemas by URN. */
export interface ResourceTypeDocument {
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: string;
  readonly extensions: readonly { readonly schema: string; readonly required: boolean }[];
}

/** Endpoints that the protocol itself answers. */
const RESERVED_ENDPOINTS = new Set(['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/Bulk', '/Me']);

/** @throws {DirectoryError} INVALID_VALUE with every fault of the document */
export function parseResourceType(document: Json, source: string): ResourceTypeDocument {
  const faults: Fault[] = [];
  const object = document as { readonly [name: string]: Json };
  const text = (key: string, expected: string, fits: (value: string) => boolean): string => {
    const value = object[key];
    if (typeof value === 'string' && fits(value)) return value;
    faults.push({ path: `${source}: ${key}`, expected, got: JSON.stringify(value) ?? 'nothing' });
    return '';
  };
  const type = {
    name: text('name', 'a name such as Device', (value) => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(value)),
    endpoint: text('endpoint', 'a path such as /Devices', isEndpoint),
    description: typeof object['description'] === 'string' ? object['description'] : '',
    schema: text('schema', 'the URN of a schema', (value) => value.length > 0),
    extensions: parseExtensions(object['schemaExtensions'], source, faults),
  };
  if (faults.length > 0) {
    throw new DirectoryError('INVALID_VALUE', `${source} is not a resource type of RFC 7643 §6`, { faults });
  }
  return type;
}

function isEndpoint(value: string): boolean {
  return /^\/[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(value) && !RESERVED_ENDPOINTS.has(value);
}

function parseExtensions(value: Json | undefined, source: string, faults: Fault[]): ResourceTypeDocument['extensions'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    faults.push({ path: `${source}: schemaExtensions`, expected: 'an array', got: JSON.stringify(value) });
    return [];
  }
  return value.flatMap((item: { readonly schema?: Json; readonly required?: Json }, index) => {
    if (typeof item?.schema === 'string') return [{ schema: item.schema, required: item.required === true }];
    faults.push({ path: `${source}: schemaExtensions[${index}].schema`, expected: 'the URN of a schema' });
    return [];
  });
}
