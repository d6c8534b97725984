import type { Call } from '#model/call.ts';
import type { ResourceId, ResourceTypeName, TenantId } from '#model/resource.ts';

/** Something that a tenant's settings let pass and that an operator may want to see to. Names attributes and ids, never another value. */
export interface Notice {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly requestId: string;
  readonly kind: NoticeKind;
  readonly resourceType: ResourceTypeName;
  /** The resource that was written. */
  readonly id: ResourceId;
  /** Where in it: `members`, `emails[0].value`. */
  readonly paths: readonly string[];
  /** Of the resources that are not there: the first of them. */
  readonly ids?: readonly ResourceId[];
  /** How many there are altogether. */
  readonly count: number;
}

export type NoticeKind = 'unknown references dropped' | 'malformed e-mail accepted';

/** Takes a notice at once; whoever is told may neither throw nor keep the writer waiting. */
export type Notify = (notice: Notice) => void;

const MOST_NAMED = 20;

/** A group can name a hundred thousand members that do not exist; nobody reads that many. */
export function noticeOf(
  call: Call,
  kind: NoticeKind,
  resource: { readonly type: ResourceTypeName; readonly id: ResourceId },
  { paths, ids }: { readonly paths: readonly string[]; readonly ids?: readonly ResourceId[] },
): Notice {
  const { tenant, actor, requestId } = call;
  return {
    tenant,
    actor,
    requestId,
    kind,
    resourceType: resource.type,
    id: resource.id,
    paths: paths.slice(0, MOST_NAMED),
    ...(ids && { ids: ids.slice(0, MOST_NAMED) }),
    count: (ids ?? paths).length,
  };
}
