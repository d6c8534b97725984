/**
 * The contract between the directory core and a backend. Everything SCIM-specific (schemas, paths, PATCH, projection, folding)
 * is resolved before a call arrives here; a backend decides only what it alone can: atomicity, uniqueness under races, existence
 * of members, order, paging. `test/contract` is this file in executable form.
 */
import type { Call } from '#model/call.ts';
import type { DirectoryError, Fault } from '#model/errors.ts';
import type { AttributePath, CompareOperator, Filter, Sort } from '#model/filter.ts';
import type {
  Attributes,
  EdgeName,
  Json,
  Key,
  Linked,
  Links,
  Ref,
  ResourceId,
  ResourceTypeName,
  StoredResource,
  TenantId,
  Version,
} from '#model/resource.ts';

/** What a backend's folder exports, and what a third party writes. */
export interface AdapterModule<Options> {
  /** Checks and types the options of a configuration; reports all faults. */
  readonly options: { parse(value: unknown): Options };
  /** `shape` lists a type's attributes; it is asked per call, since schemas can change at run time. An unreachable server is not a reason to fail: calls then answer UNAVAILABLE. */
  open(
    options: Options,
    shape: (tenant: TenantId, type: ResourceTypeName) => readonly AttributePath[],
  ): Promise<DirectoryAdapter>;
  /**
   * Looks at a store that is there, by the options that lead to it and where in it to look, and proposes the others. Reads a bounded
   * part and changes nothing. Optional. @throws INVALID_VALUE with every fault of `connection`, UNAVAILABLE with what to do
   */
  discover?(
    connection: unknown,
    within: string | undefined,
    call: Pick<Call, 'deadline' | 'signal'>,
  ): Promise<Proposal>;
}

export interface Proposal {
  /** Beside those of the connection. */
  readonly options: { readonly [name: string]: Json };
  /** What to know of an option, by its path: `users.base`. */
  readonly comments: { readonly [path: string]: readonly string[] };
  /** What was looked at and found, what has no place, and what the store lacks. */
  readonly remarks: readonly string[];
}

export interface DirectoryAdapter {
  readonly name: string;
  /** Plain data that follows from options alone; a server that lacks a promised ability answers UNAVAILABLE and names it. */
  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities;

  /** One entry per id, in order; `null` where none exists or the id belongs to another type. */
  getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]>;

  /** Resources by folded key, one list per key, in order. Unique attributes give at most one; externalId may give several. */
  byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]): Promise<readonly (readonly StoredResource[])[]>;

  /** Total and stable order. What `capabilities` does not cover never arrives: core pages by position and evaluates the residue with `matches()`. */
  find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>>;

  /** Links of many resources, one page per id, in order; an empty page for an unknown id. Cycle-safe, nearest first; the start is listed only where a cycle leads back to it. */
  linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]>;

  /** For each pair: does `from` link to `to`? */
  areLinked(
    call: Call,
    edge: EdgeName,
    pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
    options: { readonly transitive: boolean },
  ): Promise<readonly boolean[]>;

  /**
   * Operations take effect in order, each atomic alone, each answered by a value: a result, or an error that left nothing behind.
   * The call throws only if nothing at all was sent.
   */
  write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]>;

  /** Password hashes of many resources; `{}` where there are none, `null` for an unknown id. Only copying calls it; decorators pass it through, and nothing caches or logs it. */
  secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (Secrets | null)[]>;

  /**
   * Committed changes after a position, in commit order, deletes as tombstones; waits for the first until the call's signal aborts.
   * `after: null` answers at once with no change and the present position. @throws EXPIRED_CURSOR past retention
   */
  changes(
    call: Call,
    after: string | null,
    limit: number,
  ): Promise<{ readonly changes: readonly Change[]; readonly next: string }>;

  /** Resolves when the backend can serve. @throws UNAVAILABLE */
  ping(call: Call): Promise<void>;
  /** What only the server itself can say of the call's tenant; asked at the start and by `portico check --connect`. Optional. @throws UNAVAILABLE where it cannot be asked */
  inspect?(call: Call): Promise<Inspection>;
  /** Idempotent; later calls throw UNAVAILABLE. */
  close(): Promise<void>;
}

/** Paths are those of the backend's options. */
export interface Inspection {
  /** What keeps the backend from serving: until it is mended its calls answer UNAVAILABLE with these. */
  readonly faults: readonly Fault[];
  /** What does not, and whoever operates it should know. */
  readonly notices: readonly Fault[];
}

/** What is not declared answers UNSUPPORTED when it is asked for; an absent ability is tested as well as a present one. */
export interface Capabilities {
  /** Path pattern (`*` is the default) to what `find` evaluates. `coarse` matches a superset: core re-checks, and never pushes it beneath `not` or as `ne`. */
  readonly filter: {
    readonly [path: string]: { readonly operators: readonly (CompareOperator | 'pr')[]; readonly coarse?: boolean };
  };
  readonly logic: {
    readonly not: boolean;
    readonly element: boolean;
    readonly linked: 'none' | 'direct' | 'transitive';
    /** `linked` is coarse, as paths may be. */
    readonly coarseLinks?: boolean;
  };
  readonly sort: readonly string[] | 'any';
  /** Cost of a total: `exact` with the page, `counted` by a second query, `scan`. Clients that page by index always get one. */
  readonly total: 'exact' | 'counted' | 'scan';
  /** What is decided in the same atomic step as the write; the rest is refused all the same, but by a step before it. Without `version`, etag.supported is false. */
  readonly atomic: readonly ('version' | 'uniqueness' | 'existence' | 'cycle')[];
  /** `backend`: `linked` walks any depth in one call; `levels`: core expands level by level. */
  readonly nesting: 'backend' | 'levels';
  readonly passwords: 'stores-hash' | 'hashes' | 'none';
  readonly ids: 'given' | 'assigned';
  readonly stamps: boolean;
  readonly retain: boolean;
  readonly feed: boolean;
  readonly writable: boolean;
}

export interface Query {
  readonly filter?: Filter;
  readonly sort?: Sort;
  readonly page: PageRequest;
  /** Attributes needed; others may be absent, so the result is never cached nor used as `before`. */
  readonly only?: readonly AttributePath[];
  /** True: only what DELETE has retained. */
  readonly retained?: boolean;
}

/** `offset` is 0-based. `after` is a position that this adapter gave out, good in both directions and in any process; core wraps it in a signed cursor. `limit: 0` with `total` is a count and has no `next`. */
export type PageRequest = { readonly limit: number; readonly total?: boolean; readonly positions?: boolean } & (
  | { readonly offset: number }
  | { readonly after?: string }
);

export interface Page<T> {
  readonly items: readonly T[];
  /** Present when more items follow. */
  readonly next?: string;
  /** One per item, when asked for. */
  readonly positions?: readonly string[];
  readonly total?: number;
}

export interface LinkOptions {
  readonly page: PageRequest;
  /** 1 where absent; Infinity for all. */
  readonly depth?: number;
  readonly type?: ResourceTypeName;
  /** Attributes of the linked resource to bring along, such as displayName. */
  readonly with?: readonly AttributePath[];
}

export interface Draft {
  readonly attributes: Attributes;
  readonly links: Links;
  readonly uniqueKeys: readonly Key[];
  readonly lookupKeys: readonly Key[];
  /** Absent leaves them. */
  readonly secrets?: Secrets;
}

/** Never part of a StoredResource, so no cache, log or event can hold them. `null` clears. */
export interface Secrets {
  readonly passwordHash?: string | null;
  readonly password?: string | null;
}

export interface Stamps {
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/**
 * `content` is refused with VERSION_MISMATCH if the stored attributes, links or secrets are no longer those of `before`, whatever
 * happened to members meanwhile; `ifVersion`, the client's If-Match, guards everything. A write that changes nothing answers
 * `changed: false`; new keys or stamps alone are stored and are no change; a write that carries secrets always is one.
 * `delete` drops the resource's links both ways, each touched resource getting a new version; `retain` also frees its keys;
 * `restore` brings it back without its links, or answers UNIQUENESS.
 */
export type Write =
  | {
      readonly kind: 'create';
      readonly type: ResourceTypeName;
      readonly id?: ResourceId;
      readonly draft: Draft;
      readonly members?: MemberChange;
      readonly stamps?: Stamps;
    }
  | {
      readonly kind: 'update';
      readonly type: ResourceTypeName;
      readonly id: ResourceId;
      readonly content?: { readonly before: StoredResource; readonly draft: Draft };
      readonly members?: MemberChange;
      readonly ifVersion?: Version;
      readonly stamps?: Stamps;
    }
  | {
      readonly kind: 'delete';
      readonly type: ResourceTypeName;
      readonly id: ResourceId;
      readonly ifVersion?: Version;
      readonly retain?: boolean;
    }
  | { readonly kind: 'restore'; readonly type: ResourceTypeName; readonly id: ResourceId };

/**
 * Removals before additions; both idempotent; `replace` empties first. `type` may be unknown, since IdPs send a bare value; where it is stated it must be the member's own.
 * Always strict: ids that do not exist are answered by INVALID_VALUE with those ids, and being lenient is core's second attempt.
 */
export interface MemberChange {
  readonly replace?: boolean;
  readonly remove?: readonly ResourceId[];
  readonly add?: readonly { readonly id: ResourceId; readonly type?: ResourceTypeName }[];
}

export interface Written {
  /** Null after a delete. */
  readonly resource: StoredResource | null;
  /** False for a no-op: same version, same modifiedAt, no change record. */
  readonly changed: boolean;
  /** What really changed in membership; `many` past 1,000. */
  readonly members?: { readonly added: readonly Ref[]; readonly removed: readonly Ref[] } | 'many';
  /** Other resources that got a new version; `many` past 1,000. */
  readonly touched?: readonly Ref[] | 'many';
}

export interface Change extends Ref {
  readonly position: string;
  readonly kind: 'created' | 'updated' | 'deleted' | 'restored';
  readonly at: Date;
  readonly version?: Version;
  readonly members?: Written['members'];
  /** Absent for changes made behind the gateway's back. */
  readonly actor?: string;
  readonly requestId?: string;
}
