import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Linked, StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { linkSlotsOf } from './link-slots.ts';
import { loadMembers, MEMBERS_AT_ONCE, type ResourceLinks } from './load-links.ts';
import type { ResourceText } from './resource-text.ts';

const NO_SUBS: ReadonlySet<string> = new Set();

/** How resources of one answer are rendered. */
export interface Rendering {
  readonly context: Context;
  readonly type: ResourceType;
  readonly projection: Projection;
}

/** A resource's whole JSON text; only for one whose members are all in `links`. */
export function resourceToJson(rendering: Rendering, resource: StoredResource, links: ResourceLinks): string {
  const text = textOf(rendering, resource);
  const { items } = links.members;
  const members = items.length === 0 ? '' : `${membersStart(rendering)}${membersToJson(rendering, items)}]`;
  return text.head + groupsToJson(rendering, links) + members + restToJson(rendering, text, resource, links);
}

/** The same text in pieces, members loaded as the pieces are taken: at most MEMBERS_AT_ONCE are in memory. */
export async function* resourceChunks(
  rendering: Rendering,
  resource: StoredResource,
  links: ResourceLinks,
): AsyncGenerator<string, void, undefined> {
  let after = links.members.next;
  if (after === undefined) {
    yield resourceToJson(rendering, resource, links);
    return;
  }
  const text = textOf(rendering, resource);
  yield text.head + groupsToJson(rendering, links) + membersStart(rendering);
  yield membersToJson(rendering, links.members.items);
  const { session } = rendering.context;
  const shown = rendering.projection.links.members ?? NO_SUBS;
  while (after !== undefined) {
    const [page] = await loadMembers(session, [resource.id], shown, MEMBERS_AT_ONCE, after);
    if (page === undefined) break;
    if (page.items.length > 0) yield `,${membersToJson(rendering, page.items)}`;
    after = page.next;
  }
  yield `]${restToJson(rendering, text, resource, links)}`;
}

function textOf({ context, type, projection }: Rendering, resource: StoredResource): ResourceText {
  return context.texts.of(type, resource, projection);
}

function groupsToJson({ context, type, projection }: Rendering, { groups }: ResourceLinks): string {
  if (groups.length === 0) return '';
  const shown = projection.links.groups ?? NO_SUBS;
  let text = '';
  for (const group of groups) text += `${text === '' ? '' : ','}${context.references.group(group, shown)}`;
  return `,${JSON.stringify(linkSlotsOf(type).groups?.name)}:[${text}]`;
}

function membersStart({ type }: Rendering): string {
  return `,${JSON.stringify(linkSlotsOf(type).members?.name)}:[`;
}

function membersToJson({ context, projection }: Rendering, members: readonly Linked[]): string {
  const shown = projection.links.members ?? NO_SUBS;
  return members.map((member) => context.references.member(member, shown)).join(',');
}

function restToJson(rendering: Rendering, text: ResourceText, resource: StoredResource, links: ResourceLinks): string {
  const manager = text.beforeManager === '' ? '' : text.beforeManager + managerToJson(rendering, resource, links);
  const location = text.located ? rendering.context.exchange.baseUrl + text.path : '';
  return manager + text.tail + location + text.end;
}

/** A manager who was deleted since the resource was read is shown by id alone, as the resource still holds it. */
function managerToJson(
  { context, projection }: Rendering,
  resource: StoredResource,
  { manager }: ResourceLinks,
): string {
  if (manager === undefined) return JSON.stringify({ value: resource.links.manager });
  return context.references.manager(manager, projection.links.manager ?? NO_SUBS);
}
