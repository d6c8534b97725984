import { type ExecutionResult, execute } from 'graphql';
import type { ChangePage } from '#core/changes/change-page.ts';
import { followChanges } from '#core/changes/follow-changes.ts';
import { Backoff, isPassing } from '#core/changes/retry.ts';
import { type Call, withinTime } from '#model/call.ts';
import type { GraphqlContext } from '../context.ts';
import { hiddenFields } from '../policy/hidden-fields.ts';
import type { ChangeSubscription } from '../resolvers/subscription/resource-changed.ts';
import { loadEvents } from './load-events.ts';
import type { Operation } from './operation/read-operation.ts';

/** How long the resources of a change are asked for again before it is told without them. */
const PATIENCE_MS = 60_000;

export interface Follower {
  readonly operation: Operation;
  readonly subscription: ChangeSubscription;
  readonly after: string;
  /** As long as the stream. */
  readonly call: Call;
  /** How long the resources of one page may take. */
  readonly loadMs: number;
  /** Another for every call, so that nothing is remembered from one event to the next. */
  context(call: Call): GraphqlContext;
}

/** One answer, with what it was made in. */
export interface Answered {
  readonly result: ExecutionResult;
  /** Fields that are null since a policy hides them, as `hiddenFields` lists them. */
  readonly hidden: readonly string[];
  readonly context: GraphqlContext;
}

/** The answers to a subscription: one for each change behind a cursor, in order, until the signal aborts. @throws as `followChanges` */
export async function* followEvents(follower: Follower): AsyncGenerator<Answered, void, undefined> {
  const { call, after, subscription } = follower;
  const session = (own: Call) => follower.context(own).session;
  const types = subscription.types && { types: subscription.types };
  for await (const page of followChanges({ session, call, after, ...types })) yield* await answersTo(follower, page);
}

/** What a backend that fails in the middle has left out is asked for again, and in the end told as an error in its place. */
async function answersTo(follower: Follower, page: ChangePage): Promise<readonly Answered[]> {
  const { call, loadMs } = follower;
  const backoff = new Backoff(call.signal);
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const last = call.signal.aborted || Date.now() >= until;
    try {
      const together = await withinTime(call, loadMs, (own) => answerPage(follower, page, own));
      const answers = together.some(lacksForNow) ? together : await answerFailedAlone(follower, page, together);
      if (last || !answers.some(lacksForNow)) return answers;
    } catch (error) {
      if (last || !isPassing(error)) throw error;
    }
    await backoff.pause();
  }
}

/** What fails for one change must not take from the others what they were loaded with. */
async function answerFailedAlone(
  follower: Follower,
  page: ChangePage,
  answers: readonly Answered[],
): Promise<readonly Answered[]> {
  if (answers.length === 1 || answers.every(({ result }) => result.errors === undefined)) return answers;
  const all: Answered[] = [];
  for (const [index, answer] of answers.entries()) {
    const alone = { ...page, changes: page.changes.slice(index, index + 1) };
    if (answer.result.errors === undefined) all.push(answer);
    else all.push(...(await withinTime(follower.call, follower.loadMs, (own) => answerPage(follower, alone, own))));
  }
  return all;
}

async function answerPage(
  { operation, subscription, context }: Follower,
  page: ChangePage,
  call: Call,
): Promise<readonly Answered[]> {
  const { schema, document, variables } = operation;
  const events = await loadEvents(subscription, page, () => context(call));
  const answers = events.map(async (rootValue) => {
    const contextValue = context(call);
    const result = await execute({
      schema,
      document,
      rootValue,
      contextValue,
      variableValues: variables,
      operationName: operation.operation.name?.value ?? null,
    });
    const { visibility } = contextValue.session;
    const hidden = visibility === undefined ? [] : hiddenFields(operation, visibility);
    return { result, hidden, context: contextValue };
  });
  return Promise.all(answers);
}

function lacksForNow({ result: { errors = [] } }: Answered): boolean {
  return errors.some(({ originalError }) => isPassing(originalError));
}
