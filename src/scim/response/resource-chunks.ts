import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import { BodyBytes } from '#model/body-bytes.ts';
import type { Linked, StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { type LinkSlot, type LinkSlots, linkSlotsOf } from './link-slots.ts';
import { loadMembers, MEMBERS_AT_ONCE, type ResourceLinks } from './load-links.ts';
import type { ResourceText } from './resource-text.ts';

const NO_SUBS: ReadonlySet<string> = new Set();
const CLOSE_OBJECT = Buffer.from('}');
const CLOSE_LIST = Buffer.from(']');

/** About what a resource takes, and what a chunk of members does. */
export const RESOURCE_BYTES = 4 * 1024;
const CHUNK_BYTES = 512 * 1024;

/** How resources of one answer are rendered. */
export interface Rendering {
  readonly context: Context;
  readonly type: ResourceType;
  readonly projection: Projection;
  readonly slots: LinkSlots;
}

export function openRendering(context: Context, type: ResourceType, projection: Projection): Rendering {
  return { context, type, projection, slots: linkSlotsOf(type) };
}

/** A resource's whole JSON; only for one whose members are all in `links`. */
export function appendResource(
  body: BodyBytes,
  rendering: Rendering,
  resource: StoredResource,
  links: ResourceLinks,
): void {
  const text = textOf(rendering, resource);
  const { items } = links.members;
  appendHead(body, rendering, text, resource, links);
  if (items.length > 0) {
    body.append(startOf(rendering.slots.members));
    body.appendText(membersToJson(rendering, items));
    body.append(CLOSE_LIST);
  }
  appendMeta(body, rendering, text);
}

/** The same in pieces, members loaded as the pieces are taken: at most MEMBERS_AT_ONCE are in memory. */
export async function* resourceChunks(
  rendering: Rendering,
  resource: StoredResource,
  links: ResourceLinks,
): AsyncGenerator<Buffer | string, void, undefined> {
  let after = links.members.next;
  if (after === undefined) {
    yield chunkOf((body) => appendResource(body, rendering, resource, links));
    return;
  }
  const text = textOf(rendering, resource);
  yield chunkOf((body) => {
    appendHead(body, rendering, text, resource, links);
    body.append(startOf(rendering.slots.members));
  });
  yield membersToJson(rendering, links.members.items);
  const { session } = rendering.context;
  const shown = rendering.projection.links.members ?? NO_SUBS;
  while (after !== undefined) {
    const [page] = await loadMembers(session, [resource.id], shown, MEMBERS_AT_ONCE, after);
    if (page === undefined) break;
    if (page.items.length > 0) yield `,${membersToJson(rendering, page.items)}`;
    after = page.next;
  }
  yield chunkOf((body) => {
    body.append(CLOSE_LIST);
    appendMeta(body, rendering, text);
  });
}

/** A chunk lives until the client has read it, so that it gets memory of its own. */
function chunkOf(fill: (body: BodyBytes) => void): Buffer {
  const body = new BodyBytes(CHUNK_BYTES);
  fill(body);
  const chunk = Buffer.from(body.view());
  body.release();
  return chunk;
}

function textOf({ context, type, projection }: Rendering, resource: StoredResource): ResourceText {
  return context.texts.of(type, resource, projection);
}

/** What comes before members: the resource's own attributes, its manager, its groups. */
function appendHead(
  body: BodyBytes,
  rendering: Rendering,
  text: ResourceText,
  resource: StoredResource,
  links: ResourceLinks,
): void {
  body.appendPart(text.bytes, 0, text.headEnd);
  if (text.awaitsManager) {
    appendManager(body, rendering, resource, links);
    if (rendering.slots.manager?.schema !== undefined) body.append(CLOSE_OBJECT);
  }
  if (links.groups.length > 0) appendGroups(body, rendering, links.groups);
}

function appendMeta(body: BodyBytes, { context }: Rendering, text: ResourceText): void {
  const { bytes, headEnd, metaEnd, located } = text;
  body.appendPart(bytes, headEnd, metaEnd);
  if (!located) return;
  body.append(context.references.base);
  body.appendPart(bytes, metaEnd, bytes.length);
}

function appendGroups(body: BodyBytes, { context, slots, projection }: Rendering, groups: readonly Linked[]): void {
  const shown = projection.links.groups ?? NO_SUBS;
  body.append(startOf(slots.groups));
  let first = true;
  for (const group of groups) {
    if (!first) body.appendComma();
    first = false;
    body.append(context.references.group(group, shown));
  }
  body.append(CLOSE_LIST);
}

/** A manager who was deleted since the resource was read is shown by id alone, as the resource still holds it. */
function appendManager(
  body: BodyBytes,
  { context, projection }: Rendering,
  resource: StoredResource,
  { manager }: ResourceLinks,
): void {
  if (manager === undefined) body.appendText(JSON.stringify({ value: resource.links.manager }));
  else body.append(context.references.manager(manager, projection.links.manager ?? NO_SUBS));
}

function membersToJson({ context, projection }: Rendering, members: readonly Linked[]): string {
  const shown = projection.links.members ?? NO_SUBS;
  return members.map((member) => context.references.member(member, shown)).join(',');
}

function startOf(slot: LinkSlot | undefined): Buffer {
  if (slot === undefined) throw new TypeError('links were loaded that the resource type does not show');
  return slot.listStart;
}
