import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import type { Figure } from '../figures.ts';

const PAGE = 100;
/** Within a second of the start of the process. */
const FIRST_PAGE_MS = 1_000;

/** A gateway that has never seen the directory: from the start of its process to its first page. */
export async function startCold(arena: Arena): Promise<readonly Figure[]> {
  const { people } = arena.subject;
  const begin = performance.now();
  const subject = await arena.startVariant('cold', {});
  const ready = performance.now() - begin;
  const { json } = await subject.send('GET', `/scim/v2/Users?count=${PAGE}`, undefined, [200]);
  const served = performance.now() - begin;
  assert.equal((json as { readonly Resources: readonly object[] }).Resources.length, PAGE);
  return [
    { measure: 'start of the process until it is ready', people, value: ready, unit: 'ms' },
    { measure: 'first page of 100 after that', people, value: served - ready, unit: 'ms', atMost: FIRST_PAGE_MS },
  ];
}
