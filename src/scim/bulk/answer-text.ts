import type { BulkAnswer } from '#core/bulk/operation.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { errorBody, errorToAnswer } from '../errors.ts';
import { versionToTag } from '../request/preconditions.ts';
import { linkSlotsOf } from '../response/link-slots.ts';
import { resourcePath } from '../response/resource-text.ts';
import { bulkIdOf } from './references.ts';
import type { Requested } from './requested.ts';

/**
 * What a client is told of one operation, RFC 7644 §3.7.3: `status` is a string (EID 7916), `response` is there where it failed, and
 * `location` wherever there is a resource.
 */
export function answerToText(
  { exchange, tenant }: Context,
  requested: Requested,
  answer: BulkAnswer,
  id: ResourceId | undefined,
): string {
  const { method, bulkId, addressed } = requested;
  const location =
    addressed === undefined || id === undefined ? undefined : exchange.baseUrl + resourcePath(addressed.type, id);
  const told = { location, method, bulkId };
  if (answer instanceof Error) {
    const error = errorToAnswer(answer, exchange.call.requestId);
    const head = JSON.stringify({ ...told, status: String(error.status) });
    return `${head.slice(0, -1)},"response":${errorBody(error)}}`;
  }
  const version =
    answer.version === null || method === 'DELETE' || !tenant.supports.etag ? undefined : versionToTag(answer.version);
  return JSON.stringify({ ...told, version, status: String(statusOf({ tenant }, requested)) });
}

/** As the operation would be answered if it were sent alone. */
function statusOf({ tenant: { profile } }: Pick<Context, 'tenant'>, { method, addressed }: Requested): number {
  if (method === 'POST') return 201;
  if (method === 'DELETE') return 204;
  if (method === 'PUT' || addressed === undefined) return 200;
  return linkSlotsOf(addressed.type).members ? profile.groupPatchAnswer : profile.userPatchAnswer;
}

/** The resource that an operation is about, as far as there is one. */
export function subjectOf(
  { addressed, method, names: [first] }: Requested,
  answer: BulkAnswer,
  idOf: (bulkId: string) => ResourceId | undefined,
): ResourceId | undefined {
  if (!(answer instanceof Error)) return answer.id;
  if (method === 'POST' || addressed === undefined) return undefined;
  return bulkIdOf(addressed.id) === undefined ? addressed.id : first === undefined ? undefined : idOf(first);
}
