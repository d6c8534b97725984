import { parseOperations } from '#core/patch/parse.ts';
import { type Projection, projectionOf } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { WriteOptions } from '#core/session.ts';
import { notFound } from '#core/write/plan.ts';
import { writtenByPatch, writtenInBody } from '#core/written.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { parseProjection } from '../request/parameters.ts';
import { isNotModified, parseTags, versionToTag } from '../request/preconditions.ts';
import { type ReturnPreference, returnPreference } from '../request/preferences.ts';
import { readBody } from '../request/read-body.ts';
import { linkSlotsOf } from '../response/link-slots.ts';
import { sendBare, sendResource } from '../response/send-resources.ts';
import { sendEmpty } from '../response/write-response.ts';

/** RFC 7644 §3.3 */
export async function createResource(context: Context, type: ResourceType): Promise<void> {
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  const asked = askedOf(context, type, writtenInBody(type, body));
  await answerWrite(context, type, 201, await context.session.create(type, body), asked);
}

/** RFC 7644 §3.5.1 */
export async function replaceResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  const asked = askedOf(context, type, writtenInBody(type, body));
  const replaced = await guarded(context, type, id, (options) => context.session.replace(type, id, body, options));
  await answerWrite(context, type, 200, replaced, asked);
}

/** RFC 7644 §3.5.2 */
export async function patchResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const { exchange, session, tenant } = context;
  const { profile } = tenant;
  const operations = parseOperations(await readBody(exchange.request, context.bodyLimitBytes), profile);
  const asked = askedOf(context, type, writtenByPatch(type, operations));
  const patched = await guarded(context, type, id, (options) => session.patch(type, id, operations, options));
  const usual = linkSlotsOf(type).members ? profile.groupPatchAnswer : profile.userPatchAnswer;
  await answerWrite(context, type, usual, patched, asked);
}

/** How the client wants the outcome of a write to be shown. */
interface Asked {
  readonly projection: Projection;
  /** `attributes` was given, so that there has to be a body (RFC 7644 §3.5.2). */
  readonly body: boolean;
  readonly preference: ReturnPreference | undefined;
}

/** Read before anything is written, so that a refusal leaves nothing behind. `written` are the paths that the write specifies. */
function askedOf({ exchange, session }: Context, type: ResourceType, written: readonly string[]): Asked {
  const request = parseProjection(exchange.query);
  return {
    projection: projectionOf(type, request, written, session.visibility),
    body: (request.attributes?.length ?? 0) > 0,
    preference: returnPreference(exchange.request.headers),
  };
}

/** `attributes` wins over the client's preference (RFC 7240 §4.2), and that over what is `usual`. */
async function answerWrite(
  context: Context,
  type: ResourceType,
  usual: 200 | 201 | 204,
  resource: StoredResource,
  { projection, body, preference }: Asked,
): Promise<void> {
  const wanted = body ? 'representation' : (preference ?? (usual === 204 ? 'minimal' : 'representation'));
  const applied = preference === wanted ? ['Preference-Applied', `return=${preference}`] : [];
  if (wanted === 'minimal') sendBare(context, type, usual === 201 ? 201 : 204, resource, applied);
  else {
    const sent = sendResource(context, type, usual === 201 ? 201 : 200, resource, projection, applied);
    await sent.catch((error: unknown) => Promise.reject(afterWrite(error, resource.id)));
  }
}

/** A failure to read what is shown beside the resource must not say that nothing was written. */
function afterWrite(error: unknown, id: ResourceId): unknown {
  const known = asDirectoryError(error);
  if (known?.code !== 'UNAVAILABLE' && known?.code !== 'TIMEOUT') return error;
  const detail = 'the write is done, but what it has left cannot be shown now; read the resource';
  return new DirectoryError('OUTCOME_UNKNOWN', detail, {
    ids: [id],
    cause: error,
    ...(known.retryAfterMs !== undefined && { retryAfterMs: known.retryAfterMs }),
  });
}

/** RFC 7644 §3.6 */
export async function deleteResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  await guarded(context, type, id, (options) => context.session.delete(type, id, options));
  sendEmpty(context.exchange, 204, []);
}

/** Carries out a write under the client's conditions. Where one fails the answer is 412 with the current tag (RFC 7644 §3.14). */
async function guarded<T>(
  context: Context,
  type: ResourceType,
  id: ResourceId,
  write: (options: WriteOptions) => Promise<T>,
): Promise<T> {
  const options = await writeOptions(context, type, id);
  try {
    return await write(options);
  } catch (error) {
    if (!(error instanceof DirectoryError) || error.code !== 'VERSION_MISMATCH') throw error;
    const tag = versionToTag((await present(context, type, id)).version);
    throw preconditionFailed(`the resource has changed: its version is now ${tag}; read it again`, tag);
  }
}

async function present({ session }: Context, type: ResourceType, id: ResourceId): Promise<StoredResource> {
  const current = await session.get(type, id);
  if (current === null) throw notFound(type.name, id);
  return current;
}

function preconditionFailed(detail: string, tag: string): Refusal {
  return new Refusal(412, detail, { headers: { ETag: tag } });
}

/** `If-Match: *` asks only that the resource exists, which every write does. */
async function writeOptions(context: Context, type: ResourceType, id: ResourceId): Promise<WriteOptions> {
  const { headers } = context.exchange.request;
  const tags = parseTags(headers['if-match']);
  const others = headers['if-none-match'];
  if (tags === undefined && others === undefined) return {};
  if (!context.tenant.supports.etag) {
    throw new Refusal(501, 'this backend cannot compare versions as it writes, so conditional writes are not offered');
  }
  if (others !== undefined) await checkNoneMatch(context, type, id);
  if (tags === undefined || tags === '*') return {};
  const [first] = tags;
  if (first === undefined || tags.length === 1) return first === undefined ? {} : { ifVersion: first };
  const current = await context.session.get(type, id);
  return { ifVersion: tags.find((tag) => tag === current?.version) ?? first };
}

/**
 * A version that is not current now never will be again, so this needs no guard in the write itself. With `*` no write succeeds,
 * since none of them creates at an address that the client chose (RFC 7644 §3.5.1).
 */
async function checkNoneMatch(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const { version } = await present(context, type, id);
  if (!isNotModified(context.exchange.request.headers, version)) return;
  const tag = versionToTag(version);
  throw preconditionFailed(`the resource exists as If-None-Match rules out: its version is ${tag}`, tag);
}
