import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrderOfNeed } from '#core/bulk/order.ts';
import { OperationSplitter } from '#scim/bulk/operation-splitter.ts';

function split(text: string, sizes: Iterator<number>): readonly [frame: string, elements: readonly string[]] {
  const elements: string[] = [];
  const splitter = new OperationSplitter((element) => elements.push(element.toString()));
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) {
    const size = Number(sizes.next().value ?? bytes.length);
    splitter.push(bytes.subarray(from, from + size));
    from += size;
  }
  return [splitter.end().toString(), elements];
}

const operation = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom('Operations', 'data')),
  fc.jsonValue({ maxDepth: 3 }),
);
const space = fc.constantFrom('', ' ', '\n', '\t ');

test('a message is cut into the same operations however it arrives', () => {
  const message = fc.tuple(fc.array(operation, { maxLength: 5 }), fc.dictionary(fc.string(), operation), space);
  fc.assert(
    fc.property(message, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), ([operations, around, gap], sizes) => {
      const frame = JSON.stringify(
        Object.fromEntries(Object.entries(around).map(([name, value]) => [`x${name}`, value])),
      );
      const list = operations.map((each) => JSON.stringify(each)).join(`${gap},${gap}`);
      const text = `${frame.slice(0, -1)}${frame === '{}' ? '' : ','}"Operations"${gap}:${gap}[${gap}${list}${gap}],"end":"[{]"}`;
      const [rest, elements] = split(text, sizes);
      expect(elements.map((each) => JSON.parse(each))).toStrictEqual(
        operations.map((each) => JSON.parse(JSON.stringify(each))),
      );
      expect(JSON.parse(rest)).toStrictEqual({ ...JSON.parse(text), Operations: [] });
    }),
  );
});

const LONG = 200_000;
const chain = Array.from({ length: LONG }, (_, at) => (at + 1 < LONG ? [at + 1] : []));

test('a chain of any length is put into its order', () => {
  const order = inOrderOfNeed(chain);
  expect(order).toHaveLength(LONG);
  expect(order[0]).toStrictEqual([LONG - 1]);
});

test('a ring of any length is one group', () => {
  const [ring, ...more] = inOrderOfNeed([...chain.slice(0, -1), [0]]);
  expect(ring).toHaveLength(LONG);
  expect(more).toStrictEqual([]);
});

test('what nothing needs stays where it is, and what is needed comes before', () => {
  expect(inOrderOfNeed([[], [3], [], [], [2, 1], [5], [7, 8], [8], [7]])).toStrictEqual([
    [0],
    [3],
    [1],
    [2],
    [4],
    [5],
    [7, 8],
    [6],
  ]);
});
