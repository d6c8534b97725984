/** An adapter is asked for at most this many ids in one call. */
export const IDS_PER_CALL = 1_000;

/** The answers for all ids, in order: one call per IDS_PER_CALL of them, side by side. */
export function askInBatches<Id, Answer>(
  ids: readonly Id[],
  ask: (batch: readonly Id[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  return ids.length <= IDS_PER_CALL ? ask(ids) : askAll(ids, ask);
}

async function askAll<Id, Answer>(
  ids: readonly Id[],
  ask: (batch: readonly Id[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Promise<readonly Answer[]>[] = [];
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) answers.push(ask(ids.slice(from, from + IDS_PER_CALL)));
  return (await Promise.all(answers)).flat();
}
