import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { OPERATIONS_URN } from '#core/schema/resource-type-document.ts';
import { resourceTypeToDocument, schemaToDocument } from '#core/schema/to-document.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';

const URN = 'urn:acme:params:scim:schemas:extension:badge:1.0:User';
const RESOURCE_TYPE = ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];

function faultsOf(...documents: readonly Json[]): readonly Fault[] {
  try {
    openRegistry({ sources: [{ name: '', content: documents }] });
    return [];
  } catch (error) {
    if (error instanceof DirectoryError) return error.faults;
    throw error;
  }
}

const schema = (...attributes: readonly Json[]): Json => ({ id: URN, attributes });
const a = (facts: { readonly [name: string]: Json }): Json => ({ name: 'a', ...facts });

describe('a schema document is refused for', () => {
  test.each<[string, Json, string, string | undefined]>([
    ['no URN', { id: 'badge', attributes: [] }, 'id', undefined],
    ['a URN that paths cannot hold', { id: 'urn:acme:b(a)dge:User', attributes: [] }, 'id', undefined],
    ['a URN past the limit', { id: `urn:acme:${'x'.repeat(250)}:User`, attributes: [] }, 'id', undefined],
    ['no attributes', { id: URN }, 'attributes', undefined],
    ['another kind of document', { schemas: ['urn:x:y'], id: URN, attributes: [] }, 'schemas', undefined],
    ['an unknown key', { id: URN, attributes: [], atributes: [] }, 'atributes', 'did you mean attributes?'],
    ['an attribute that is no object', schema('a'), 'attributes[0]', undefined],
    [
      'an unknown characteristic',
      schema(a({ mutabilty: 'readOnly' })),
      'attributes[0].mutabilty',
      'did you mean mutability?',
    ],
    ['a name that no path holds', schema(a({ name: 'a b' })), 'attributes[0].name', undefined],
    ['a name of every object', schema(a({ name: 'constructor' })), 'attributes[0].name', undefined],
    ['a name of every resource', schema(a({ name: 'Meta' })), 'attributes[0].name', undefined],
    ['an unknown type', schema(a({ type: 'text' })), 'attributes[0].type', undefined],
    ['an unknown mutability', schema(a({ mutability: 'ReadOnly' })), 'attributes[0].mutability', undefined],
    ['a flag as a text', schema(a({ multiValued: 'true' })), 'attributes[0].multiValued', undefined],
    ['a complex attribute without parts', schema(a({ type: 'complex' })), 'attributes[0].subAttributes', undefined],
    ['parts of a simple attribute', schema(a({ subAttributes: [a({})] })), 'attributes[0].subAttributes', undefined],
    [
      'complex attributes within each other',
      schema(a({ type: 'complex', subAttributes: [a({ type: 'complex' })] })),
      'attributes[0].subAttributes[0].type',
      undefined,
    ],
    [
      'a complex attribute that is unique',
      schema(a({ type: 'complex', uniqueness: 'server', subAttributes: [a({})] })),
      'attributes[0].uniqueness',
      undefined,
    ],
    [
      'canonical values of a number',
      schema(a({ type: 'integer', canonicalValues: ['1'] })),
      'attributes[0].canonicalValues',
      undefined,
    ],
    ['canonical values twice', schema(a({ canonicalValues: ['x', 'x'] })), 'attributes[0].canonicalValues', undefined],
    ['reference types of a text', schema(a({ referenceTypes: ['User'] })), 'attributes[0].referenceTypes', undefined],
    [
      'a reference type that is none',
      schema(a({ type: 'reference', referenceTypes: ['Robot'] })),
      'attributes[0].referenceTypes',
      undefined,
    ],
    [
      'a written value that is returned',
      schema(a({ mutability: 'writeOnly', returned: 'default' })),
      'attributes[0].returned',
      undefined,
    ],
    [
      'more attributes than the limit',
      schema(...Array.from({ length: 501 }, (_, n) => a({ name: `a${n}` }))),
      'attributes',
      undefined,
    ],
    [
      'a standard schema',
      { id: 'urn:ietf:params:scim:schemas:core:2.0:USER', attributes: [] },
      'id',
      'put further attributes into a schema of your own',
    ],
  ])('%s', (_what, document, path, remedy) => {
    const [first, ...more] = faultsOf(document);
    expect(more.filter((fault) => !fault.path.startsWith(path))).toEqual([]);
    expect(first).toMatchObject({ path, expected: expect.any(String), ...(remedy && { remedy }) });
  });
});

describe('a resource type is refused for', () => {
  const thing = { id: 'urn:acme:Thing', attributes: [] };
  const type = { schemas: RESOURCE_TYPE, name: 'Thing', endpoint: '/Things', schema: thing.id };
  test.each<[string, Json, string]>([
    ['an endpoint of the protocol', { ...type, endpoint: '/bulk' }, 'endpoint'],
    ['an endpoint that another type has', { ...type, endpoint: '/users' }, 'Thing: endpoint'],
    ['a schema that is not there', { ...type, schema: 'urn:acme:Other' }, 'Thing'],
    [
      'an extension named twice',
      { ...type, schemaExtensions: [{ schema: URN }, { schema: URN }] },
      'schemaExtensions[1].schema',
    ],
    [
      'its own schema as an extension',
      { ...type, schemaExtensions: [{ schema: thing.id }] },
      'Thing: schemaExtensions',
    ],
    [
      'operations without read',
      { ...type, [OPERATIONS_URN]: { operations: ['create'] } },
      `${OPERATIONS_URN}.operations`,
    ],
    [
      'an unknown operation',
      { ...type, [OPERATIONS_URN]: { operations: ['read', 'write'] } },
      `${OPERATIONS_URN}.operations`,
    ],
    [
      'another address of users',
      {
        schemas: RESOURCE_TYPE,
        name: 'User',
        endpoint: '/People',
        schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
      },
      'endpoint',
    ],
  ])('%s', (_what, document, path) => {
    expect(faultsOf(thing, schema(), document).map((fault) => fault.path)).toContain(path);
  });
});

test('a document that is given out is read again as the same schema', () => {
  const documents = [
    schema(
      a({ type: 'complex', multiValued: true, subAttributes: [a({ type: 'reference', referenceTypes: ['User'] })] }),
      { name: 'b', canonicalValues: ['x'], mutability: 'writeOnly' },
    ),
    {
      schemas: RESOURCE_TYPE,
      name: 'Thing',
      endpoint: '/Things',
      schema: 'urn:acme:Thing',
      [OPERATIONS_URN]: { operations: ['read'] },
    },
    { id: 'urn:acme:Thing', attributes: [] },
  ];
  const registry = openRegistry({ sources: [{ name: '', content: documents }] });
  const custom = registry.schemas.filter(({ id }) => id.startsWith('urn:acme')).map(schemaToDocument);
  const thing = registry.type('Thing');
  const again = openRegistry({
    sources: [{ name: '', content: [...custom, ...(thing ? [resourceTypeToDocument(thing)] : [])] }],
  });
  expect(again.schemas).toEqual(registry.schemas);
  expect(again.types).toEqual(registry.types);
});
