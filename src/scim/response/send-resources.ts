import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { versionToTag } from '../request/preconditions.ts';
import { BodyBytes } from './body-bytes.ts';
import { loadLinks, type ResourceLinks, UNLINKED } from './load-links.ts';
import { checkMemberCount } from './member-count.ts';
import { appendResource, openRendering, RESOURCE_BYTES, type Rendering, resourceChunks } from './resource-chunks.ts';
import { resourcePath } from './resource-text.ts';
import { type Headers, sendBytes, sendChunks } from './write-response.ts';

const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const LIST_END = Buffer.from(']}');

/** Location on 201 alone, Content-Location on every body; both equal meta.location (RFC 7643 §3.1, RFC 7644 §3.3). */
export async function sendResource(
  context: Context,
  type: ResourceType,
  status: 200 | 201,
  resource: StoredResource,
  projection: Projection,
): Promise<void> {
  const rendering = openRendering(context, type, projection);
  const [links] = await loadLinks(context.session, [resource], projection);
  if (links === undefined) return;
  const location = context.exchange.baseUrl + resourcePath(type, resource.id);
  const headers = ['Content-Type', context.answerType, 'Content-Location', location, ...tagHeaders(context, resource)];
  if (status === 201) headers.push('Location', location);
  if (links.members.next === undefined) {
    const body = new BodyBytes(RESOURCE_BYTES);
    appendResource(body, rendering, resource, links);
    sendBytes(context.exchange, status, headers, body);
  } else {
    await sendChunks(context.exchange, status, headers, resourceChunks(rendering, resource, links));
  }
}

/** The ETag header, where versions are offered at all (RFC 7644 §3.14). */
export function tagHeaders({ tenant }: Context, { version }: StoredResource): Headers {
  return tenant.supports.etag ? ['ETag', versionToTag(version)] : [];
}

/** A ListResponse, RFC 7644 §3.4.2; `Resources` is there even when empty, since Entra and authentik look for it. */
export async function sendList(
  rendering: Rendering,
  resources: readonly StoredResource[],
  page: { readonly total: number; readonly startIndex: number },
): Promise<void> {
  const { exchange, session, answerType } = rendering.context;
  const links = await loadLinks(session, resources, rendering.projection);
  await checkMemberCount(rendering.context, resources, links);
  const start = listStart(page.total, page.startIndex, resources.length);
  const headers = ['Content-Type', answerType];
  if (links.some(({ members }) => members.next !== undefined)) {
    await sendChunks(exchange, 200, headers, listChunks(rendering, start, resources, links));
    return;
  }
  const body = new BodyBytes(RESOURCE_BYTES * resources.length);
  body.appendText(start);
  for (const [at, resource] of resources.entries()) {
    if (at > 0) body.appendComma();
    appendResource(body, rendering, resource, links[at] ?? UNLINKED);
  }
  body.append(LIST_END);
  sendBytes(exchange, 200, headers, body);
}

async function* listChunks(
  rendering: Rendering,
  start: string,
  resources: readonly StoredResource[],
  links: readonly ResourceLinks[],
): AsyncGenerator<Buffer | string, void, undefined> {
  yield start;
  for (const [at, resource] of resources.entries()) {
    if (at > 0) yield ',';
    yield* resourceChunks(rendering, resource, links[at] ?? UNLINKED);
  }
  yield LIST_END;
}

export function listStart(totalResults: number, startIndex: number, itemsPerPage: number): string {
  const envelope = { schemas: [LIST_SCHEMA], totalResults, startIndex, itemsPerPage };
  return `${JSON.stringify(envelope).slice(0, -1)},"Resources":[`;
}
