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
  subscription: Pick<ChangeSubscription, 'load' | 'typeNames'>,
  page: ChangePage,
  contextOf: () => GraphqlContext,
): Promise<readonly KnownChange[]> {
  try {
    return await subscription.load(page, contextOf());
  } catch (error) {
    if (isPassing(error)) throw error;
    const [change, ...more] = page.changes;
    if (change === undefined) return [];
    if (more.length === 0) return [withFailure(subscription, page, change, error)];
    const loaded: KnownChange[] = [];
    for (const alone of page.changes) {
      loaded.push(...(await loadEvents(subscription, { ...page, changes: [alone] }, contextOf)));
    }
    return loaded;
  }
}

function withFailure(
  { typeNames }: Pick<ChangeSubscription, 'typeNames'>,
  { cursorAfter }: ChangePage,
  change: KnownChange['change'],
  cause: unknown,
): KnownChange {
  const failure = cause instanceof Error ? cause : new Error('something was thrown that is no Error', { cause });
  return { change, typeNames, resource: failure, affected: failure, cursor: () => cursorAfter(change) };
}
