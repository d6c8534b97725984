import type { Change } from '#core/changes/change-page.ts';
import type { Ref } from '#model/resource.ts';
import type { KnownChange } from '../expand/load-changes.ts';
import type {
  ChangedMembersResolvers,
  ChangedResourceResolvers,
  ChangeKind,
  ChangePageResolvers,
  ResourceChangeResolvers,
} from '../generated/resolvers.ts';

/** A reference with the names that its type has in the schema. */
export interface ChangedRef {
  readonly ref: Ref;
  readonly typeNames: KnownChange['typeNames'];
}

export type KnownMembers = Pick<KnownChange, 'typeNames'> & { readonly members: NonNullable<Change['members']> };

const KINDS: Readonly<Record<Change['kind'], ChangeKind>> = {
  created: 'CREATED',
  updated: 'UPDATED',
  deleted: 'DELETED',
  restored: 'RESTORED',
};

export const changeResolvers = {
  ChangePage: {
    changes: ({ changes }) => changes,
    hasMore: ({ hasMore }) => hasMore,
    endCursor: ({ endCursor }) => endCursor,
  } satisfies ChangePageResolvers,
  ResourceChange: {
    cursor: ({ cursor }) => cursor(),
    kind: ({ change }) => KINDS[change.kind],
    id: ({ change }) => change.id,
    type: ({ change, typeNames }) => typeNames.get(change.type) ?? change.type,
    at: ({ change }) => change.at.toISOString(),
    version: ({ change: { version } }) => (version === undefined ? null : `W/"${version}"`),
    members: ({ change: { members }, typeNames }) => (members === undefined ? null : { members, typeNames }),
    actor: ({ change }) => change.actor ?? null,
    requestId: ({ change }) => change.requestId ?? null,
    resource: ({ resource }) => resource as never,
    affected: ({ affected, typeNames }) => (Array.isArray(affected) ? refsOf(affected, typeNames) : (affected as null)),
  } satisfies ResourceChangeResolvers,
  ChangedMembers: {
    added: ({ members, typeNames }) => (members === 'many' ? [] : refsOf(members.added, typeNames)),
    removed: ({ members, typeNames }) => (members === 'many' ? [] : refsOf(members.removed, typeNames)),
    many: ({ members }) => members === 'many',
  } satisfies ChangedMembersResolvers,
  ChangedResource: {
    id: ({ ref }) => ref.id,
    type: ({ ref, typeNames }) => typeNames.get(ref.type) ?? ref.type,
  } satisfies ChangedResourceResolvers,
};

function refsOf(refs: readonly Ref[], typeNames: KnownChange['typeNames']): readonly ChangedRef[] {
  return refs.map((ref) => ({ ref, typeNames }));
}
