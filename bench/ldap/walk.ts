import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import { type Figure, medianMs } from '../figures.ts';
import { liveHeapMb } from '../memory.ts';
import type { Subject } from '../subject.ts';

const PAGE = 100;
/** Pages at either end and in the middle, of which the median counts. */
const TIMED = 10;
/** What a page, and V8's own caches, may leave behind. */
const FLAT_MB = 16;

/** Everybody by cursor, page by page to the end: what a page costs on the way, and what the gateway keeps. */
export async function walkEverybody(arena: Arena): Promise<readonly Figure[]> {
  const { people } = arena.subject;
  assert.ok(people >= 10 * PAGE, `the case needs ${10 * PAGE} people at least`);
  const subject = await arena.startVariant('walk', {}, true);
  const walk = new Walk(subject);
  const pages = Math.ceil(people / PAGE);
  const timed = Math.min(TIMED, Math.floor(pages / 3));
  const figure = (measure: string, value: number, unit: Figure['unit'], atMost?: number): Figure => {
    return { measure, people, value, unit, ...(atMost !== undefined && { atMost }) };
  };
  await walk.step();
  const first = await medianMs(timed - 1, () => walk.step());
  const heapFirst = await liveHeapMb(subject.inspectorPort);
  await walk.stepTo(Math.floor((pages - timed) / 2));
  const middle = await medianMs(timed, () => walk.step());
  const heapMiddle = await liveHeapMb(subject.inspectorPort);
  await walk.stepTo(pages - timed);
  const last = await medianMs(timed, () => walk.step());
  const heapLast = await liveHeapMb(subject.inspectorPort);
  walk.checkEnd(people);
  return [
    figure('page of 100 by cursor, at the beginning', first, 'ms'),
    figure('page of 100 by cursor, in the middle', middle, 'ms'),
    figure('page of 100 by cursor, at the end', last, 'ms'),
    figure('live heap after the first pages', heapFirst, 'MB'),
    figure('live heap in the middle', heapMiddle, 'MB', heapFirst + FLAT_MB),
    figure('live heap at the end', heapLast, 'MB', heapFirst + FLAT_MB),
  ];
}

class Walk {
  readonly #subject: Subject;
  readonly #ids = new Set<string>();
  #next: string | undefined = '';
  #pages = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  async step(): Promise<void> {
    const path = `/scim/v2/Users?count=${PAGE}&cursor=${this.#next}&attributes=userName,emails,active`;
    const list = (await this.#subject.send('GET', path, undefined, [200])).json as {
      readonly Resources: readonly { readonly id: string }[];
      readonly nextCursor?: string;
    };
    for (const { id } of list.Resources) this.#ids.add(id);
    this.#next = list.nextCursor;
    this.#pages += 1;
  }

  async stepTo(page: number): Promise<void> {
    while (this.#pages < page) await this.step();
  }

  /** Everybody once, and nothing behind. */
  checkEnd(people: number): void {
    assert.equal(this.#next, undefined, 'the walk does not end where the directory does');
    assert.equal(this.#ids.size, people);
  }
}
