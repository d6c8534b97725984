import { parseOperations } from '#core/patch/parse.ts';
import { projectionOf } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { WriteOptions } from '#core/session.ts';
import { notFound } from '#core/write/perform.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { parseProjection } from '../request/parameters.ts';
import { parseTags, versionToTag } from '../request/preconditions.ts';
import { readBody } from '../request/read-body.ts';
import { linkSlotsOf } from '../response/link-slots.ts';
import { sendResource, tagHeaders } from '../response/send-resources.ts';
import { sendEmpty } from '../response/write-response.ts';

/** RFC 7644 §3.3 */
export async function createResource(context: Context, type: ResourceType): Promise<void> {
  const projection = projectionOf(type, parseProjection(context.exchange.query));
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  const created = await context.session.create(type, body);
  await sendResource(context, type, 201, created, projection);
}

/** RFC 7644 §3.5.1 */
export async function replaceResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const projection = projectionOf(type, parseProjection(context.exchange.query));
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  const replaced = await guarded(context, type, id, (options) => context.session.replace(type, id, body, options));
  await sendResource(context, type, 200, replaced, projection);
}

/** RFC 7644 §3.5.2: 200 with a body wherever `attributes` asks for one, else as the profile says. */
export async function patchResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const { exchange, session, tenant } = context;
  const { profile } = tenant;
  const asked = parseProjection(exchange.query);
  const projection = projectionOf(type, asked);
  const operations = parseOperations(await readBody(exchange.request, context.bodyLimitBytes), profile);
  const patched = await guarded(context, type, id, (options) => session.patch(type, id, operations, options));
  const answer = linkSlotsOf(type).members ? profile.groupPatchAnswer : profile.userPatchAnswer;
  if (answer === 204 && !asked.attributes?.length) sendEmpty(exchange, 204, tagHeaders(context, patched));
  else await sendResource(context, type, 200, patched, projection);
}

/** RFC 7644 §3.6 */
export async function deleteResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  await guarded(context, type, id, (options) => context.session.delete(type, id, options));
  sendEmpty(context.exchange, 204, []);
}

/** Carries out a write under the client's If-Match. A stale tag is answered by 412 with the current one (RFC 7644 §3.14). */
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
    const current = await context.session.get(type, id);
    if (current === null) throw notFound(type.name, id);
    const tag = versionToTag(current.version);
    throw new Refusal(412, `the resource has changed: its version is now ${tag}; read it again`, {
      headers: { ETag: tag },
    });
  }
}

/** `*` asks only that the resource exists, which every write does. */
async function writeOptions(context: Context, type: ResourceType, id: ResourceId): Promise<WriteOptions> {
  const tags = parseTags(context.exchange.request.headers['if-match']);
  if (tags === undefined) return {};
  if (!context.tenant.supports.etag) {
    throw new Refusal(501, 'this backend cannot compare versions as it writes, so If-Match is not offered');
  }
  if (tags === '*') return {};
  const [first] = tags;
  if (first === undefined || tags.length === 1) return first === undefined ? {} : { ifVersion: first };
  const current = await context.session.get(type, id);
  return { ifVersion: tags.find((tag) => tag === current?.version) ?? first };
}
