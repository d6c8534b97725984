import { type DocumentNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { openDocumentStore } from '#graphql/document-store.ts';

/** How many of these documents are still there once all have been stored. */
async function keptOf(documents: readonly DocumentNode[]): Promise<number> {
  const store = openDocumentStore();
  for (const [index, document] of documents.entries()) await store.set(`key ${index}`, document);
  const found = await Promise.all(documents.map((_, index) => store.get(`key ${index}`)));
  expect(found.filter(Boolean)).toEqual(documents.slice(documents.length - found.filter(Boolean).length));
  return found.filter(Boolean).length;
}

test('documents are kept up to a number, the last ones longest', async () => {
  const documents = Array.from({ length: 1_200 }, (_, at) => parse(`{ a${at} }`));
  expect(await keptOf(documents)).toBe(1_000);
});

test('long ones are kept up to a length of all texts together', async () => {
  const documents = Array.from({ length: 50 }, (_, at) => parse(`{ a${at} } #${'x'.repeat(50_000)}`));
  expect(await keptOf(documents)).toBe(9);
});

test('what is asked again is not the next to go', async () => {
  const store = openDocumentStore();
  const document = parse('{ a }');
  await store.set('asked', document);
  for (let at = 0; at < 1_500; at += 1) {
    await store.set(`key ${at}`, parse(`{ b${at} }`));
    expect(await store.get('asked')).toBe(document);
  }
});
