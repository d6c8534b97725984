import type { FilterOptions } from '#core/filter/read.ts';
import { projectionOf } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { CursorSearch } from '#core/search/cursor-page.ts';
import type { Search } from '#core/session.ts';
import { notFound } from '#core/write/plan.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { parseProjection, parseQuery, parseSearch, type Query } from '../request/parameters.ts';
import { isNotModified } from '../request/preconditions.ts';
import { readBody } from '../request/read-body.ts';
import { openRendering, type Rendering } from '../response/resource-chunks.ts';
import { sendBare, sendList, sendMixedList, sendResource } from '../response/send-resources.ts';

/** RFC 7644 §3.4.1; a `filter` on a single resource is ignored. */
export async function readResource(context: Context, type: ResourceType, id: ResourceId): Promise<void> {
  const { exchange, session, tenant } = context;
  const projection = projectionOf(type, parseProjection(exchange.query), [], session.visibility);
  const resource = await session.get(type, id);
  if (resource === null) throw notFound(type.name, id);
  if (tenant.supports.etag && isNotModified(exchange.request.headers, resource.version)) {
    sendBare(context, type, 304, resource);
  } else {
    await sendResource(context, type, 200, resource, projection);
  }
}

/** RFC 7644 §3.4.2 */
export function listResources(context: Context, type: ResourceType): Promise<void> {
  return answerQuery(context, type, parseQuery(context.exchange.query, context.tenant.limits));
}

/** RFC 7644 §3.4.3 */
export async function searchResources(context: Context, type: ResourceType): Promise<void> {
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  await answerQuery(context, type, parseSearch(body, context.tenant.limits));
}

/** RFC 7644 §3.4.2.1: a query of the base address itself is one over all resource types. */
export function listAll(context: Context): Promise<void> {
  return answerWideQuery(context, parseQuery(context.exchange.query, context.tenant.limits));
}

/** RFC 7644 §3.4.3 */
export async function searchAll(context: Context): Promise<void> {
  const body = await readBody(context.exchange.request, context.bodyLimitBytes);
  await answerWideQuery(context, parseSearch(body, context.tenant.limits));
}

async function answerWideQuery(context: Context, query: Query): Promise<void> {
  const { session, tenant } = context;
  const { types } = tenant.registry;
  const { filter, sortBy, sortOrder, startIndex, count, cursor } = query;
  const renderings = types.map((type) => renderingOf(context, type, query));
  const { items, total, nextCursor } = await session.findAcross(types, {
    limit: count,
    from: cursor === undefined ? { offset: startIndex - 1 } : { cursor },
    ...(filter === undefined ? {} : { filter, filterOptions: filterOptionsOf(context) }),
    ...(sortBy === undefined || !tenant.supports.sort ? {} : { sort: { by: sortBy, order: sortOrder } }),
  });
  const place = cursor === undefined ? { startIndex } : { previousCursor: undefined, nextCursor };
  await sendMixedList(context, renderings, items, { totalResults: total, ...place });
}

async function answerQuery(context: Context, type: ResourceType, query: Query): Promise<void> {
  const rendering = renderingOf(context, type, query);
  const { startIndex, count, cursor } = query;
  const asked = askedOf(context, type, query);
  if (cursor === undefined) {
    const page = { offset: startIndex - 1, limit: count, total: true };
    const { items, total = items.length } = await context.session.find(type, { ...asked, page });
    await sendList(rendering, items, { totalResults: total, startIndex });
  } else {
    await answerByCursor(rendering, { ...asked, limit: count, ...(cursor !== '' && { cursor }) });
  }
}

function renderingOf(context: Context, type: ResourceType, { projection }: Query): Rendering {
  return openRendering(context, type, projectionOf(type, projection, [], context.session.visibility));
}

/** RFC 9865 §2 */
async function answerByCursor(
  rendering: Rendering,
  search: Pick<CursorSearch, 'filter' | 'sort' | 'cursor' | 'limit'>,
): Promise<void> {
  const { context, type } = rendering;
  const wanted = { sameLimit: true, total: true, positions: false };
  const page = await context.session.findByCursor(type, { ...search, ...wanted });
  const { items, total: totalResults = items.length, nextCursor, previousCursor } = page;
  await sendList(rendering, items, { totalResults, previousCursor, nextCursor });
}

/** Where the backend cannot sort, `sortBy` is ignored, as ServiceProviderConfig says and RFC 7644 §3.4.2.3 allows. */
function askedOf(context: Context, type: ResourceType, query: Query): Pick<Search, 'filter' | 'sort'> {
  const { session, tenant } = context;
  const { filter, sortBy, sortOrder } = query;
  return {
    ...(filter === undefined ? {} : { filter: session.filter(type, filter, filterOptionsOf(context)) }),
    ...(sortBy === undefined || !tenant.supports.sort ? {} : { sort: session.sort(type, sortBy, sortOrder) }),
  };
}

/** What a tenant holds sensitive may be asked for in a body, and not in a URL, which others keep (RFC 7644 §7.5.2). */
function filterOptionsOf({ exchange, tenant }: Context): FilterOptions {
  const { profile, sensitiveFilters } = tenant;
  const options = {
    barewords: profile.barewordLiterals === 'accept',
    unknownAttributes: profile.unknownFilterAttributes,
    booleanStrings: profile.booleanStrings,
    unqualifiedNames: profile.unqualifiedNames,
  };
  const inUrl = exchange.request.method !== 'POST';
  return inUrl && sensitiveFilters.length > 0 ? { ...options, sensitive: sensitiveFilters } : options;
}
