import type { ChangePage } from '#core/changes/change-page.ts';
import { isPassing } from '#core/changes/retry.ts';
import type { GraphqlContext } from '../context.ts';
import type { KnownChange } from '../expand/load-changes.ts';
import type { ChangeSubscription } from '../resolvers/subscription/resource-changed.ts';

/**
 * The changes of a page with what the subscription selects of them. Where that is too much for one answer, each change is one of its
 * own; what cannot be had even so is an error in place of its resource, so that no change is lost.
 * @throws what trying again may mend
 */
export async function loadEvents(
  { load }: Pick<ChangeSubscription, 'load'>,
  page: ChangePage,
  contextOf: () => GraphqlContext,
): Promise<readonly KnownChange[]> {
  try {
    return await load(page, contextOf());
  } catch (error) {
    if (isPassing(error)) throw error;
    if (page.changes.length > 1) {
      const alone = page.changes.map((change) => () => loadEvents({ load }, { ...page, changes: [change] }, contextOf));
      return inTurn(alone);
    }
    const failure =
      error instanceof Error ? error : new Error('something was thrown that is no Error', { cause: error });
    return page.changes.map((change) => failed(page, change, failure));
  }
}

async function inTurn(loads: readonly (() => Promise<readonly KnownChange[]>)[]): Promise<readonly KnownChange[]> {
  const loaded: KnownChange[] = [];
  for (const load of loads) loaded.push(...(await load()));
  return loaded;
}

function failed({ cursorAfter }: ChangePage, change: KnownChange['change'], failure: Error): KnownChange {
  return { change, typeNames: new Map(), resource: failure, affected: failure, cursor: () => cursorAfter(change) };
}
