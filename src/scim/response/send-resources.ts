import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import { BodyBytes } from '#model/body-bytes.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { versionToTag } from '../request/preconditions.ts';
import { loadLinks, type ResourceLinks, UNLINKED } from './load-links.ts';
import { checkMemberCount } from './member-count.ts';
import { appendResource, openRendering, RESOURCE_BYTES, type Rendering, resourceChunks } from './resource-chunks.ts';
import { resourcePath } from './resource-text.ts';
import { type Headers, sendBytes, sendChunks, sendEmpty } from './write-response.ts';

const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const LIST_END = Buffer.from(']}');

/** Location on 201 alone, Content-Location on every body; both equal meta.location (RFC 7643 §3.1, RFC 7644 §3.3). */
export async function sendResource(
  context: Context,
  type: ResourceType,
  status: 200 | 201,
  resource: StoredResource,
  projection: Projection,
  more: Headers = [],
): Promise<void> {
  const rendering = openRendering(context, type, projection);
  const [links] = await loadLinks(context.session, [resource], projection);
  if (links === undefined) return;
  const headers = ['Content-Type', context.answerType, ...addressHeaders(context, type, status, resource)];
  headers.push(...tagHeaders(context, resource), ...more);
  if (links.members.next === undefined) {
    const body = new BodyBytes(RESOURCE_BYTES);
    appendResource(body, rendering, resource, links);
    sendBytes(context.exchange, status, headers, body);
  } else {
    await sendChunks(context.exchange, status, headers, resourceChunks(rendering, resource, links));
  }
}

/** What tells of a resource without its body: 201 and 204 where the client prefers that, 304. */
export function sendBare(
  context: Context,
  type: ResourceType,
  status: 201 | 204 | 304,
  resource: StoredResource,
  more: Headers = [],
): void {
  const headers = [...addressHeaders(context, type, status, resource), ...tagHeaders(context, resource), ...more];
  if (status === 201) headers.push('Content-Length', '0');
  sendEmpty(context.exchange, status, headers);
}

/** A 304 has what its 200 would have (RFC 9110 §15.4.5); where nothing was represented, Content-Location would name nothing. */
function addressHeaders(
  { exchange }: Context,
  type: ResourceType,
  status: 200 | 201 | 204 | 304,
  { id }: StoredResource,
): string[] {
  const address = exchange.baseUrl + resourcePath(type, id);
  if (status === 201) return ['Content-Location', address, 'Location', address];
  return status === 204 ? [] : ['Content-Location', address];
}

/** The ETag header, where versions are offered at all (RFC 7644 §3.14). */
function tagHeaders({ tenant }: Context, { version }: StoredResource): Headers {
  return tenant.supports.etag ? ['ETag', versionToTag(version)] : [];
}

/** Where a page stands in what was found: its 1-based `startIndex`, or the cursors of the pages beside it (RFC 9865 §2). */
export type ListPage = { readonly totalResults: number } & (
  | { readonly startIndex: number }
  | { readonly previousCursor: string | undefined; readonly nextCursor: string | undefined }
);

/** A resource of a list, with what it takes to render it. */
interface Row {
  readonly rendering: Rendering;
  readonly resource: StoredResource;
  readonly links: ResourceLinks;
}

/** A ListResponse, RFC 7644 §3.4.2; `Resources` is there even when empty, since Entra and authentik look for it. */
export async function sendList(
  rendering: Rendering,
  resources: readonly StoredResource[],
  page: ListPage,
): Promise<void> {
  await sendRows(rendering.context, await loadRows(rendering, resources), page);
}

/** The same for resources of several types, in the order given; each is rendered as the rendering of its type says. */
export async function sendMixedList(
  context: Context,
  renderings: readonly Rendering[],
  resources: readonly StoredResource[],
  page: ListPage,
): Promise<void> {
  const loaded = renderings.map((rendering) =>
    loadRows(
      rendering,
      resources.filter(({ type }) => type === rendering.type.name),
    ),
  );
  const rows = new Map((await Promise.all(loaded)).flat().map((row) => [row.resource, row]));
  await sendRows(
    context,
    resources.flatMap((resource) => rows.get(resource) ?? []),
    page,
  );
}

async function loadRows(rendering: Rendering, resources: readonly StoredResource[]): Promise<readonly Row[]> {
  const links = await loadLinks(rendering.context.session, resources, rendering.projection);
  return resources.map((resource, at) => ({ rendering, resource, links: links[at] ?? UNLINKED }));
}

async function sendRows(context: Context, rows: readonly Row[], page: ListPage): Promise<void> {
  await checkMemberCount(context, rows);
  const start = listStart(page, rows.length);
  const headers = ['Content-Type', context.answerType];
  if (rows.some(({ links }) => links.members.next !== undefined)) {
    await sendChunks(context.exchange, 200, headers, listChunks(start, rows));
    return;
  }
  const body = new BodyBytes(RESOURCE_BYTES * rows.length);
  body.appendText(start);
  for (const [at, { rendering, resource, links }] of rows.entries()) {
    if (at > 0) body.appendComma();
    appendResource(body, rendering, resource, links);
  }
  body.append(LIST_END);
  sendBytes(context.exchange, 200, headers, body);
}

async function* listChunks(start: string, rows: readonly Row[]): AsyncGenerator<Buffer | string, void, undefined> {
  yield start;
  for (const [at, { rendering, resource, links }] of rows.entries()) {
    if (at > 0) yield ',';
    yield* resourceChunks(rendering, resource, links);
  }
  yield LIST_END;
}

export function listStart({ totalResults, ...place }: ListPage, itemsPerPage: number): string {
  const envelope = { schemas: [LIST_SCHEMA], totalResults, ...place, itemsPerPage };
  return `${JSON.stringify(envelope).slice(0, -1)},"Resources":[`;
}
