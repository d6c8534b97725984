import { describe, expect, test } from 'vitest';
import { parseTrustedDocuments } from '#graphql/documents/trusted-documents.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';
import { loadSchemas } from '#src/load-schemas.ts';
import { checkTrustedDocuments, loadTrustedDocuments } from '#src/load-trusted-documents.ts';
import { faultsOf, load, TOKEN } from './configured.ts';

const TRUSTED = `${TOKEN}\ngraphql: { trustedDocuments: ./documents.json }\n`;

async function faultsOfList(documents: unknown, yaml = TRUSTED): Promise<readonly Fault[]> {
  const text = typeof documents === 'string' ? documents : JSON.stringify(documents);
  const config = await load(yaml, {}, { 'documents.json': text, 'own.json': '{"a":"{ __typename }"}' });
  try {
    await checkTrustedDocuments(config, await loadSchemas(config));
    return [];
  } catch (error) {
    if (error instanceof DirectoryError) return error.faults;
    throw error;
  }
}

const apollo = (...operations: readonly unknown[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

describe('a list of trusted documents', () => {
  test.each([
    ["Apollo's manifest", apollo({ id: 'a', name: 'A', body: 'query A { __typename }' })],
    ["an object of documents by id, as Relay's compiler writes it", { a: 'query A { __typename }' }],
  ])('is %s', (_what, manifest) => {
    const { byId, all } = parseTrustedDocuments(manifest);
    expect(byId.get('a')?.text).toBe('query A { __typename }');
    expect(all.map(({ operations }) => operations)).toEqual([['A']]);
  });

  test("may be a tenant's own", async () => {
    const yaml = `${TRUSTED}tenants: { default: {}, other: { graphql: { trustedDocuments: own.json } } }\nbackends: { m: { adapter: memory } }\n`;
    const config = await load(
      yaml,
      {},
      { 'documents.json': '{"b":"{ users { totalCount } }"}', 'own.json': '{"a":"{ __typename }"}' },
    );
    const trusted = await loadTrustedDocuments(config);
    expect([...trusted].map(([tenant, { byId }]) => [tenant, [...byId.keys()]])).toEqual([
      ['default', ['b']],
      ['other', ['a']],
    ]);
  });

  test('that cannot be read is a fault of the configuration', async () => {
    expect(await faultsOf(load(TRUSTED))).toEqual([
      { path: 'graphql.trustedDocuments', expected: 'a readable file', got: '"./documents.json"' },
    ]);
  });

  const at = (place: string) => `tenants.default.graphql.trustedDocuments: ${place}`;

  test.each<[string, unknown, readonly Partial<Fault>[]]>([
    ['no JSON', '{', [{ expected: 'a readable file of JSON' }]],
    ['no object', [], [{ path: at('the list') }]],
    ['another format', { format: 'x', operations: [] }, [{ path: at('the list') }]],
    ['another version', { ...apollo(), version: 2 }, [{ path: at('the list') }]],
    [
      'an entry without a document',
      apollo({ id: 'a', name: 'A' }, 7),
      [{ path: at('operations[0] A') }, { path: at('operations[1]') }],
    ],
    [
      'one id twice',
      apollo({ id: 'a', body: '{ __typename }' }, { id: 'a', body: '{ __typename }' }),
      [{ path: at('the list'), expected: 'each id once' }],
    ],
    ['what is no GraphQL', { a: 'query {' }, [{ path: at('"a"'), expected: 'a GraphQL document' }]],
    [
      'a field that the schema has not',
      apollo({ id: 'a', name: 'Who', body: 'query Who { nobody }' }),
      [{ path: at('operations[0] Who') }],
    ],
    [
      'a document past a limit',
      { a: `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(' ')} }` },
      [{ path: at('"a"') }],
    ],
  ])('with faults is told with their places: %s', async (_what, documents, faults) => {
    expect(await faultsOfList(documents)).toEqual(faults.map((fault) => expect.objectContaining(fault)));
  });

  test('without faults has none', async () => {
    expect(
      await faultsOfList(apollo({ id: 'a', name: 'A', body: 'query A { users { nodes { userName } } }' })),
    ).toEqual([]);
  });
});
