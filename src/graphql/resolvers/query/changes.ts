import type { GraphQLResolveInfo } from 'graphql';
import type { ResourceType } from '#core/schema/attribute.ts';
import { badUserInput } from '../../bad-user-input.ts';
import type { GraphqlContext } from '../../context.ts';
import { named } from '../../expand/connection-selection.ts';
import { openWalk } from '../../expand/expand.ts';
import { type KnownChange, loadChanges } from '../../expand/load-changes.ts';
import { checkFirst } from '../../expand/paging.ts';
import { selectedFields } from '../../expand/selection.ts';
import type { FieldMap } from '../../fields/field.ts';
import type { Args } from './root-field.ts';

export interface KnownChangePage {
  readonly changes: readonly KnownChange[];
  readonly hasMore: boolean;
  readonly endCursor: string;
}

/** A page of the feed, with what is asked of its resources; these come from the primary, so that none is older than its change. */
export async function resolveChanges(
  fields: FieldMap,
  { since, types, first }: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<KnownChangePage> {
  const session = context.session.onPrimary;
  const walk = openWalk(fields, { ...context, session }, info);
  const asked = askedTypes(fields, types, 'changes');
  const page = await session.changes({
    ...(typeof since === 'string' && { after: since }),
    ...(asked && { types: asked }),
    limit: checkFirst(first, 'changes', 'since'),
  });
  const parents = named(selectedFields(walk, 'ChangePage', info.fieldNodes), 'changes');
  return { changes: await loadChanges(walk, page, parents), hasMore: page.hasMore, endCursor: page.next };
}

/** The types behind `types`; undefined for all. @throws {GraphQLError} BAD_USER_INPUT for a name that no type has */
export function askedTypes(fields: FieldMap, types: unknown, field: string): readonly ResourceType[] | undefined {
  if (!Array.isArray(types)) return undefined;
  const byName = new Map(fields.types.map(({ name, resourceType }) => [name, resourceType]));
  return [...new Set<unknown>(types)].map((name) => {
    const type = byName.get(String(name));
    if (type !== undefined) return type;
    throw badUserInput(`${field}: types must be ${[...byName.keys()].join(' or ')}`);
  });
}
