import fc from 'fast-check';
import { validateSchema } from 'graphql';
import { expect, test } from 'vitest';
import { openRegistry, type SchemaRegistry } from '#core/schema/registry.ts';
import { resourceTypeToDocument, schemaToDocument } from '#core/schema/to-document.ts';
import { openWithStored, readDocument } from '#core/schema-change/documents.ts';
import { typeChangesOf } from '#core/schema-change/type-changes.ts';
import { openSchema } from '#graphql/schema.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { schemasOf } from './arbitrary-schema.ts';
import { holdsFor } from './runs.ts';

const CASES = 150;

/** Undefined where the documents are refused, which is as good. */
function open(content: readonly Json[]): SchemaRegistry | undefined {
  try {
    return openRegistry({ sources: [{ name: '', content }] });
  } catch (error) {
    if (error instanceof DirectoryError && error.faults.length > 0) return undefined;
    throw error;
  }
}

test('documents are refused with faults, or have a GraphQL schema', () => {
  let accepted = 0;
  holdsFor(
    CASES,
    fc.property(schemasOf, (documents) => {
      const registry = open(documents);
      if (registry === undefined) return;
      accepted += 1;
      expect(validateSchema(openSchema(registry))).toEqual([]);
    }),
  );
  expect(accepted).toBeGreaterThan(CASES / 10);
});

test('documents that are given out are read as what they were, which is no change', () => {
  holdsFor(
    CASES,
    fc.property(schemasOf, (documents) => {
      const registry = open(documents);
      if (registry === undefined) return;
      const standard = new Set(openRegistry().schemas.map(({ id }) => id));
      const given = [
        ...registry.schemas.filter(({ id }) => !standard.has(id)).map(schemaToDocument),
        ...registry.types.map(resourceTypeToDocument),
      ];
      const again = openRegistry({ sources: [{ name: '', content: given }] });
      expect(again.schemas).toEqual(registry.schemas);
      expect(typeChangesOf(registry, again)).toEqual([]);
    }),
  );
});

test('a change that only adds is none that data could stand against, and taking it back is', () => {
  holdsFor(
    CASES,
    fc.property(schemasOf, (documents) => {
      const [before, after] = [open([]), open(documents)];
      if (before === undefined || after === undefined || documents.length === 0) return;
      expect(typeChangesOf(before, after)).toEqual([]);
      expect(typeChangesOf(after, before).length).toBeGreaterThan(0);
    }),
  );
});

const KEYS = [
  'schemas',
  'name',
  'endpoint',
  'schema',
  'schemaExtensions',
  'attributes',
  'type',
  'subAttributes',
  'meta',
];
const wild: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(...KEYS, 'required', 'referenceTypes', 'canonicalValues', '__proto__'),
      tie('value'),
      {
        maxKeys: 4,
      },
    ),
  ),
})).value;

test('whatever is sent as a document is refused with a reason, or fits', () => {
  holdsFor(
    CASES * 5,
    fc.property(fc.constantFrom('schema', 'resourceType'), wild, (kind, body) => {
      try {
        const document = readDocument(kind, kind === 'schema' ? 'urn:acme:x:User' : 'Device', body);
        openWithStored({}, [document], document);
      } catch (error) {
        if (!(error instanceof DirectoryError)) throw error;
        expect(['INVALID_VALUE', 'INVALID_SYNTAX']).toContain(error.code);
      }
    }),
  );
});
