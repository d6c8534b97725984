/** An adapter is asked for at most this many ids in one call. */
export const IDS_PER_CALL = 1_000;

/** An adapter is asked about at most this many pairs of ids in one call. */
export const PAIRS_PER_CALL = 10_000;

/** The answers for all questions, in order: one call per `perCall` of them, side by side. */
export function askInBatches<Question, Answer>(
  questions: readonly Question[],
  ask: (batch: readonly Question[]) => Promise<readonly Answer[]>,
  perCall: number = IDS_PER_CALL,
): Promise<readonly Answer[]> {
  return questions.length <= perCall ? ask(questions) : askAll(questions, ask, perCall);
}

async function askAll<Question, Answer>(
  questions: readonly Question[],
  ask: (batch: readonly Question[]) => Promise<readonly Answer[]>,
  perCall: number,
): Promise<readonly Answer[]> {
  const answers: Promise<readonly Answer[]>[] = [];
  for (let from = 0; from < questions.length; from += perCall) {
    answers.push(ask(questions.slice(from, from + perCall)));
  }
  return (await Promise.all(answers)).flat();
}
