import type { LinkOptions, Page, PageRequest } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Filter, Sort } from '#model/filter.ts';
import type { Principal } from '#model/principal.ts';
import type { EdgeName, JsonObject, Linked, ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { BulkAnswer, BulkOperation, BulkOptions } from './bulk/operation.ts';
import type { Affected } from './changes/affected.ts';
import type { Change, ChangePage, ChangeSearch } from './changes/change-page.ts';
import type { FilterOptions } from './filter/read.ts';
import type { Loaders } from './loaders.ts';
import type { LinkPair } from './membership.ts';
import type { PatchOperation } from './patch/operation.ts';
import type { Visibility } from './policy/visibility.ts';
import type { ResourceType } from './schema/attribute.ts';
import type { SchemaRegistry } from './schema/registry.ts';
import type { CursorPage, CursorSearch } from './search/cursor-page.ts';
import type { PrefixHit, PrefixSearch } from './search/find-by-prefix.ts';
import type { FoundIds } from './search/find-ids.ts';
import type { ListCursors } from './search/list-cursors.ts';

/** The contract's page, which faces hand on; they know it from here alone. */
export type { LinkOptions, Page, PageRequest } from '#adapters/adapter.ts';
export type { LinkPair } from './membership.ts';

export interface Search {
  readonly filter?: Filter;
  readonly sort?: Sort;
  readonly page: PageRequest;
}

/** A search over several types: its texts mean, in each type, what they mean there. */
export interface WideSearch {
  readonly filter?: string;
  readonly filterOptions?: FilterOptions;
  readonly sort?: { readonly by: string; readonly order: Sort['order'] };
  readonly limit: number;
  /** A 0-based offset over all types together, or the cursor of a page, empty for the first one. */
  readonly from: { readonly offset: number } | { readonly cursor: string };
}

export interface WidePage {
  readonly items: readonly StoredResource[];
  readonly total: number;
  /** Absent on the last page, and where the page was asked for by offset. */
  readonly nextCursor?: string;
}

export interface WriteOptions {
  /** The client's If-Match. @throws VERSION_MISMATCH where the resource has moved on */
  readonly ifVersion?: Version;
}

export interface PatchOptions extends WriteOptions {
  /**
   * The operations are one change that a face drew up from typed input, and no client's message: they mean the same in every
   * profile, `remove` takes away what its value lists, and the faults of all of them are told at once.
   */
  readonly oneChange?: boolean;
}

/**
 * One request's view of a tenant's directory: every rule of RFC 7643/7644 that is not HTTP or GraphQL. Faces hold nothing else.
 * Every verb throws DirectoryError and nothing else on purpose. Where the principal has an attribute policy, whatever comes out is
 * masked, and whatever names a hidden attribute is FORBIDDEN.
 */
export interface Session {
  readonly call: Call;
  readonly principal: Principal;
  readonly registry: SchemaRegistry;
  /** What the principal's attribute policy leaves to see; absent where that is everything. The same object for as long as it holds. */
  readonly visibility?: Visibility | undefined;
  /** Batched per tick and memoised for this request; for GraphQL. */
  readonly loaders: Loaders;
  /** The same request where no cache and no replica may answer: consistency `primary` in every call, and loaders of its own. */
  readonly onPrimary: Session;
  /** The same on the primary with nothing read so far: what comes after a write sees it. */
  afresh(): Session;

  /** `null` where no resource of this type has the id. One adapter call. */
  get(type: ResourceType, id: ResourceId): Promise<StoredResource | null>;
  /** In order, `null` where absent. One adapter call per 1,000 ids. */
  getMany(type: ResourceType, ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]>;
  /**
   * By values of a unique or look-up attribute (`userName`, `externalId`, `emails.value`, `displayName`), folded here; one
   * list per value, in order. A unique attribute gives at most one. One adapter call. @throws INVALID_FILTER for any other attribute
   */
  byKeys(
    type: ResourceType,
    attribute: string,
    values: readonly string[],
  ): Promise<readonly (readonly StoredResource[])[]>;
  /**
   * The user whom the credential stands for, by the name that the operator gave it, and whatever it sees of others; null where it
   * stands for nobody, or for somebody who does not exist. One adapter call.
   */
  self(): Promise<StoredResource | null>;
  /** Stable and total order; the total is present when `page.total` asks. One adapter call, unless core evaluates a part of the filter. */
  find(type: ResourceType, search: Search): Promise<Page<StoredResource>>;
  /** Ids of at most `limit` resources, and whether there are more. As many adapter calls as `find`. */
  findIds(type: ResourceType, filter: Filter | undefined, limit: number): Promise<FoundIds>;
  /**
   * Those resources of a type that a filter lets through, in order. What a link brought along has to hold all that the filter reads.
   * One adapter call for each question of links in it, per 1,000 resources. @throws FORBIDDEN for what is hidden from whoever asks
   */
  matching<Resource extends StoredResource | Linked>(
    type: ResourceType,
    filter: Filter,
    resources: readonly Resource[],
  ): Promise<readonly Resource[]>;
  /**
   * The same list page by page from cursors, in both directions where the backend sorts. A cursor opens for the same type, filter
   * and order whichever face gave it out, and for the same client. @throws INVALID_CURSOR, EXPIRED_CURSOR, INVALID_COUNT
   */
  findByCursor(type: ResourceType, search: CursorSearch): Promise<CursorPage>;
  /** For lists that `findByCursor` does not page; `list` is any text that is equal for equal lists. */
  cursorsOf(list: string): ListCursors;
  /**
   * Resources of several types as one list, with its total: type after type as they are given, or in one order where the search
   * has one; a type without the attribute sorts as if its resources had no value. One adapter call per type that can match.
   * @throws INVALID_FILTER, INVALID_PATH for an attribute that no type has; TOO_MANY where an offset reaches too far into one order;
   *   INVALID_CURSOR, EXPIRED_CURSOR, INVALID_COUNT
   */
  findAcross(types: readonly ResourceType[], search: WideSearch): Promise<WidePage>;
  /** Whom a text may mean that somebody is typing, best first (ADR 0029). Two adapter calls per type, unless core evaluates a part of the filter. */
  findByPrefix(search: PrefixSearch): Promise<readonly PrefixHit[]>;
  /** SCIM filter text to a resolved filter. @throws INVALID_FILTER, TOO_MANY with position and what was expected; SENSITIVE */
  filter(type: ResourceType, text: string, options?: FilterOptions): Filter;
  /** `userName`, `meta.created`, ... @throws INVALID_PATH */
  sort(type: ResourceType, by: string, order: Sort['order']): Sort;

  /** One page of links per id, in order, nearest first. One adapter call per 1,000 ids where the backend nests, else one more per level. */
  linked(
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]>;

  /**
   * For each pair, in order, whether `from` links to `to`, directly or, where asked, through any number of others; false for ids
   * that do not exist. One adapter call per 10,000 pairs where the backend nests; else, for indirect links, one per level.
   */
  areLinked(
    edge: EdgeName,
    pairs: readonly LinkPair[],
    options: { readonly transitive: boolean },
  ): Promise<readonly boolean[]>;

  /**
   * Committed changes behind a cursor, in commit order, deletions among them; answers at once. Without a cursor there are none, and
   * the next cursor stands for now. Two adapter calls at most. @throws UNSUPPORTED where the backend keeps no feed of changes;
   *   INVALID_CURSOR; EXPIRED_CURSOR where the backend no longer keeps what follows it
   */
  changes(search: ChangeSearch): Promise<ChangePage>;
  /** The same, waiting for the first change until the call's signal aborts; the page is then empty. One adapter call. @throws as changes */
  awaitChanges(search: ChangeSearch & { readonly after: string }): Promise<ChangePage>;
  /**
   * Per change, in order, whose memberships it moved: the members themselves and those of nested groups, as they are now; null
   * where it moved none, an error where they are too many. One adapter call where the backend nests, else one per level.
   */
  affected(changes: readonly Change[]): Promise<readonly (Affected | null)[]>;

  /** @throws INVALID_VALUE (all faults at once), INVALID_SYNTAX, UNIQUENESS, CYCLE; READ_ONLY where the type does not offer it, as for all writes */
  create(type: ResourceType, body: JsonObject): Promise<StoredResource>;
  /** Many at once, in order, each valid for itself; for filling a directory. @throws as create, at the first that fails */
  createMany(type: ResourceType, bodies: readonly JsonObject[]): Promise<readonly StoredResource[]>;
  /** PUT, RFC 7644 §3.5.1: what the body omits is cleared, except password and `active`. @throws NOT_FOUND, and as create */
  replace(type: ResourceType, id: ResourceId, body: JsonObject, options?: WriteOptions): Promise<StoredResource>;
  /** RFC 7644 §3.5.2: in order and all or nothing. A change of members by value alone is sent without a prior read. @throws NOT_FOUND, INVALID_PATH, NO_TARGET, MUTABILITY, and as create */
  patch(
    type: ResourceType,
    id: ResourceId,
    operations: readonly PatchOperation[],
    options?: PatchOptions,
  ): Promise<StoredResource>;
  /** As the tenant's life cycle has it: removed, retained, or deactivated, which costs a read more. @throws NOT_FOUND */
  delete(type: ResourceType, id: ResourceId, options?: WriteOptions): Promise<void>;
  /**
   * Many writes, each atomic alone, answered by a value each, in order; undefined for what was left undone after too many errors.
   * What names a resource that another operation creates comes after it; operations on one resource keep their order. One adapter
   * call per 500 operations where their order allows, or per `failOnErrors` less the errors so far, and one read per type of what is to be
   * changed in such a call.
   */
  bulk(operations: readonly BulkOperation[], options?: BulkOptions): Promise<readonly (BulkAnswer | undefined)[]>;

  /** What DELETE has retained of a type, in a stable order; for administrators. @throws UNSUPPORTED where the backend retains nothing */
  retained(type: ResourceType, page: PageRequest): Promise<Page<StoredResource>>;
  /**
   * Brings back what DELETE has retained, with its id and attributes and without its links. Two adapter calls.
   * @throws NOT_FOUND; UNIQUENESS where another resource has taken a unique value meanwhile; UNSUPPORTED
   */
  restore(type: ResourceType, id: ResourceId): Promise<StoredResource>;
}
