import type { BulkAnswer } from '#core/bulk/operation.ts';
import type { ResourceId } from '#model/resource.ts';
import { answerToText, subjectOf } from '../bulk/answer-text.ts';
import { readBulk } from '../bulk/read-bulk.ts';
import { type Address, type Requested, readRequested } from '../bulk/requested.ts';
import { toBulkOperations } from '../bulk/to-bulk-operations.ts';
import type { Context } from '../context.ts';
import { type ErrorAnswer, errorToAnswer } from '../errors.ts';
import { bulkLimitsOf } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { sendChunks } from '../response/write-response.ts';

const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const RESPONSE_START = `${JSON.stringify({ schemas: [BULK_RESPONSE] }).slice(0, -1)},"Operations":[`;
const ANSWERS_PER_CHUNK = 100;

/** RFC 7644 §3.7. `address` finds what a method and a path stand for in the tenant's own route table. */
export async function answerBulk(context: Context, address: Address): Promise<void> {
  const { exchange, tenant, session } = context;
  const limits = bulkLimitsOf(tenant.limits, context.bodyLimitBytes);
  if (limits === undefined) throw new Refusal(501, 'bulk operations are switched off here; send them one by one');
  const { scopes } = exchange.principal;
  const { operations, failOnErrors } = await readBulk(exchange.request, limits, (text, position) =>
    readRequested(text, position, { address, scopes }),
  );
  const answers = await session.bulk(
    toBulkOperations(tenant, operations),
    failOnErrors === undefined ? {} : { failOnErrors },
  );
  noteFailures(context, answers);
  await sendChunks(exchange, 200, ['Content-Type', context.answerType], chunksOf(context, operations, answers));
}

/** For the log: how many failed and why the first did, and what stands behind a failure, as for a request of its own. */
function noteFailures({ exchange: { outcome, call } }: Context, answers: readonly (BulkAnswer | undefined)[]): void {
  const failures = answers.filter((answer) => answer instanceof Error);
  const [first] = failures;
  if (first === undefined) return;
  const { status, detail } = errorToAnswer(first, call.requestId);
  outcome.detail = `${failures.length} of ${answers.length} operations failed; the first with ${status}: ${detail}`;
  const failure = failures.find((error) => isFailure(errorToAnswer(error, call.requestId)));
  if (failure !== undefined) outcome.cause = failure;
}

function isFailure({ status }: ErrorAnswer): boolean {
  return status >= 500 && status !== 501;
}

/** In the order of the request; what was left undone is left out. */
async function* chunksOf(
  context: Context,
  operations: readonly Requested[],
  answers: readonly (BulkAnswer | undefined)[],
): AsyncGenerator<string, void, undefined> {
  const ids = createdIds(operations, answers);
  const idOf = (bulkId: string) => ids.get(bulkId);
  let chunk = RESPONSE_START;
  let [begun, count] = [false, 0];
  for (const [at, requested] of operations.entries()) {
    const answer = answers[at];
    if (answer === undefined) continue;
    chunk += `${begun ? ',' : ''}${answerToText(context, requested, answer, subjectOf(requested, answer, idOf))}`;
    begun = true;
    count += 1;
    if (count % ANSWERS_PER_CHUNK > 0) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}]}`;
}

function createdIds(
  operations: readonly Requested[],
  answers: readonly (BulkAnswer | undefined)[],
): ReadonlyMap<string, ResourceId> {
  const ids = new Map<string, ResourceId>();
  for (const [at, { method, bulkId }] of operations.entries()) {
    const answer = answers[at];
    if (method === 'POST' && bulkId !== undefined && answer !== undefined && !(answer instanceof Error))
      ids.set(bulkId, answer.id);
  }
  return ids;
}
