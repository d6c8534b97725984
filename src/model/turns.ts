import { setImmediate } from 'node:timers';

/** How long work that waits for nothing may keep a process from everything else. */
const TURN_MS = 20;
const ITEMS_PER_LOOK = 16;

/** Undefined where no such work has begun since the event loop last came round. */
let turnEnds: number | undefined;
const waiting: (() => void)[] = [];

/**
 * Whether work that waits for nothing has had its time. All of a process share one turn, so that twenty searches at a time keep others
 * waiting no longer than one.
 */
export function turnIsOver(): boolean {
  turnEnds ??= beginTurn();
  return performance.now() >= turnEnds;
}

/** Resolves when everything else has had its chance, for one waiter after the other. */
export function nextTurn(): Promise<void> {
  turnEnds ??= beginTurn();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

/** As `items.map`, in as many turns as it takes; `resumed` is called after each, and what it throws ends the work. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
  resumed: () => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(map(item));
    if (results.length % ITEMS_PER_LOOK > 0 || !turnIsOver()) continue;
    await nextTurn();
    resumed();
  }
  return results;
}

function beginTurn(): number {
  setImmediate(endTurn);
  return performance.now() + TURN_MS;
}

function endTurn(): void {
  const resume = waiting.shift();
  turnEnds = resume && beginTurn();
  resume?.();
}
