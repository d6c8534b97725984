import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Place, Connection } from '../expand/place.ts';
import type { MetaSource } from '../resolvers/meta-resolvers.ts';
import type { SearchHitSource } from '../search/resolve-search.ts';
import type { ViewerSource } from '../resolvers/query/viewer.ts';
import type { GraphqlSettings } from '../settings.ts';
import type { RegistrySource, SchemaSource, AttributeSource, ResourceTypeSource, ExtensionSource } from '../resolvers/schema-sources.ts';
import type { Edge } from '../resolvers/connection-resolvers.ts';
import type { KnownChangePage } from '../resolvers/query/changes.ts';
import type { KnownChange } from '../expand/load-changes.ts';
import type { KnownMembers, ChangedRef } from '../resolvers/change-resolvers.ts';
import type { GraphqlContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Binary data in base64 (RFC 7643 §2.3.6). */
  Base64: { input: string; output: string; }
  /** Milliseconds or finer, with an offset: `2026-11-22T10:30:00Z` (RFC 7643 §2.3.5). */
  DateTime: { input: string; output: string; }
  /** A whole number (RFC 7643 §2.3.4), exact up to 2^53; Int would end at 32 bits. */
  Integer: { input: number; output: number; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  /** An absolute or relative URI (RFC 7643 §2.3.7). */
  URI: { input: string; output: string; }
  federation__FieldSet: { input: string; output: string; }
  link__Import: { input: string; output: string; }
};

export type AddMembersInput = {
  /** The Group's id. */
  readonly group: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** The members' ids. */
  readonly members: ReadonlyArray<Scalars['ID']['input']>;
};

export type AddMembersPayload = {
  readonly __typename?: 'AddMembersPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly group?: Maybe<Group>;
};

/** As `StringFilter`, for binary values, which are compared as a whole. */
export type Base64Filter = {
  readonly eq?: InputMaybe<Scalars['Base64']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['Base64']['input']>>;
  readonly ne?: InputMaybe<Scalars['Base64']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type Base64ListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['Base64']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['Base64']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['Base64']['input']>>;
};

/** `eq: false` finds no resource that has no value; `ne: true` does. */
export type BooleanFilter = {
  readonly eq?: InputMaybe<Scalars['Boolean']['input']>;
  readonly ne?: InputMaybe<Scalars['Boolean']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type BooleanListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['Boolean']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['Boolean']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['Boolean']['input']>>;
};

/** What happened to a resource. */
export type ChangeKind =
  | 'CREATED'
  /** Removed or retained: the id answers nothing any more. */
  | 'DELETED'
  /** Brought back by an administrator, with its id and without its links. */
  | 'RESTORED'
  | 'UPDATED';

/** Part of what was committed behind a cursor. */
export type ChangePage = {
  readonly __typename?: 'ChangePage';
  /** In the order in which they were committed. */
  readonly changes: ReadonlyArray<ResourceChange>;
  /** Give it as `since` for what follows, whether there was anything or not. */
  readonly endCursor: Scalars['String']['output'];
  /** More is known to follow: ask again at once. A page ends before `first` where its changes name 10,000 members, or few are of the types. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** The direct members of a group that came and went with a change. */
export type ChangedMembers = {
  readonly __typename?: 'ChangedMembers';
  readonly added: ReadonlyArray<ChangedResource>;
  /** More than 1,000 changed and neither list has them: take the whole group as changed. */
  readonly many: Scalars['Boolean']['output'];
  readonly removed: ReadonlyArray<ChangedResource>;
};

/** A resource that a change is about, which may be gone by now. */
export type ChangedResource = {
  readonly __typename?: 'ChangedResource';
  readonly id: Scalars['ID']['output'];
  /** As `__typename` names it. */
  readonly type: Scalars['String']['output'];
};

/** How fresh an answer has to be. */
export type Consistency =
  /** A cache or a replica may answer. */
  | 'CACHED'
  /** No cache and no replica answers, neither for the field itself nor for what is selected below it. */
  | 'PRIMARY';

export type CreateGroupInput = {
  /**
   * The name of the group.
   *
   * SCIM: `displayName`, unique
   */
  readonly displayName: Scalars['String']['input'];
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The users and groups in the group.
   *
   * SCIM: `members`
   */
  readonly members?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

export type CreateGroupPayload = {
  readonly __typename?: 'CreateGroupPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly group?: Maybe<Group>;
};

export type CreateUserInput = {
  /**
   * False when the user may not sign in.
   *
   * SCIM: `active`
   */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Postal addresses.
   *
   * SCIM: `addresses`
   */
  readonly addresses?: InputMaybe<ReadonlyArray<UserAddressInput>>;
  /**
   * The name to show for the user.
   *
   * SCIM: `displayName`
   */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * E-mail addresses.
   *
   * SCIM: `emails`
   */
  readonly emails?: InputMaybe<ReadonlyArray<UserEmailInput>>;
  /**
   * Attributes of people in an organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`
   */
  readonly enterprise?: InputMaybe<EnterpriseUserInput>;
  /**
   * Things the user has been given.
   *
   * SCIM: `entitlements`
   */
  readonly entitlements?: InputMaybe<ReadonlyArray<UserEntitlementInput>>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * Instant messaging addresses.
   *
   * SCIM: `ims`
   */
  readonly ims?: InputMaybe<ReadonlyArray<UserImInput>>;
  /**
   * A BCP 47 language tag for dates, numbers and currency.
   *
   * SCIM: `locale`
   */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /**
   * The person's manager.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager`
   */
  readonly manager?: InputMaybe<Scalars['ID']['input']>;
  /**
   * The parts of the user's name.
   *
   * SCIM: `name`
   */
  readonly name?: InputMaybe<UserNameInput>;
  /**
   * How the user is called casually.
   *
   * SCIM: `nickName`
   */
  readonly nickName?: InputMaybe<Scalars['String']['input']>;
  /**
   * Accepted and hashed; never returned.
   *
   * SCIM: `password`, case-exact
   */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /**
   * Telephone numbers, kept as they were sent.
   *
   * SCIM: `phoneNumbers`
   */
  readonly phoneNumbers?: InputMaybe<ReadonlyArray<UserPhoneNumberInput>>;
  /**
   * Addresses of photos.
   *
   * SCIM: `photos`
   */
  readonly photos?: InputMaybe<ReadonlyArray<UserPhotoInput>>;
  /**
   * Languages in the form of the HTTP Accept-Language header.
   *
   * SCIM: `preferredLanguage`
   */
  readonly preferredLanguage?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address of the user's page.
   *
   * SCIM: `profileUrl`
   */
  readonly profileUrl?: InputMaybe<Scalars['URI']['input']>;
  /**
   * Roles of the user.
   *
   * SCIM: `roles`
   */
  readonly roles?: InputMaybe<ReadonlyArray<UserRoleInput>>;
  /**
   * An IANA time zone, such as Europe/Berlin.
   *
   * SCIM: `timezone`
   */
  readonly timezone?: InputMaybe<Scalars['String']['input']>;
  /**
   * The job title, such as Vice President.
   *
   * SCIM: `title`
   */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /**
   * The name by which the identity provider knows the user; compared regardless of case and unique.
   *
   * SCIM: `userName`, unique
   */
  readonly userName: Scalars['String']['input'];
  /**
   * How the user relates to the organisation, such as Employee or Contractor.
   *
   * SCIM: `userType`
   */
  readonly userType?: InputMaybe<Scalars['String']['input']>;
  /**
   * Certificates of the user.
   *
   * SCIM: `x509Certificates`
   */
  readonly x509Certificates?: InputMaybe<ReadonlyArray<UserX509CertificateInput>>;
};

export type CreateUserPayload = {
  readonly __typename?: 'CreateUserPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly user?: Maybe<User>;
};

/** As `StringFilter`, for moments, whatever offset they are written with. */
export type DateTimeFilter = {
  readonly eq?: InputMaybe<Scalars['DateTime']['input']>;
  readonly gt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly gte?: InputMaybe<Scalars['DateTime']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['DateTime']['input']>>;
  readonly lt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly lte?: InputMaybe<Scalars['DateTime']['input']>;
  readonly ne?: InputMaybe<Scalars['DateTime']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type DateTimeListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['DateTime']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['DateTime']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['DateTime']['input']>>;
};

export type DeleteGroupInput = {
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
};

export type DeleteGroupPayload = {
  readonly __typename?: 'DeleteGroupPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** Of what was deleted; null where nothing was. */
  readonly id?: Maybe<Scalars['ID']['output']>;
};

export type DeleteUserInput = {
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
};

export type DeleteUserPayload = {
  readonly __typename?: 'DeleteUserPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** Of what was deleted; null where nothing was. */
  readonly id?: Maybe<Scalars['ID']['output']>;
};

/**
 * Attributes of people in an organisation.
 *
 * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`
 */
export type EnterpriseUser = {
  readonly __typename?: 'EnterpriseUser';
  /**
   * The cost centre.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter`
   */
  readonly costCenter?: Maybe<Scalars['String']['output']>;
  /**
   * The department.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`
   */
  readonly department?: Maybe<Scalars['String']['output']>;
  /**
   * The division.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division`
   */
  readonly division?: Maybe<Scalars['String']['output']>;
  /**
   * The number of the person within the organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber`
   */
  readonly employeeNumber?: Maybe<Scalars['String']['output']>;
  /**
   * The organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization`
   */
  readonly organization?: Maybe<Scalars['String']['output']>;
};

export type EnterpriseUserInput = {
  /**
   * The cost centre.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter`
   */
  readonly costCenter?: InputMaybe<Scalars['String']['input']>;
  /**
   * The department.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`
   */
  readonly department?: InputMaybe<Scalars['String']['input']>;
  /**
   * The division.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division`
   */
  readonly division?: InputMaybe<Scalars['String']['input']>;
  /**
   * The number of the person within the organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber`
   */
  readonly employeeNumber?: InputMaybe<Scalars['String']['input']>;
  /**
   * The organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization`
   */
  readonly organization?: InputMaybe<Scalars['String']['input']>;
};

export type EnterpriseUserPatch = {
  /**
   * The cost centre.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter`
   */
  readonly costCenter?: InputMaybe<Scalars['String']['input']>;
  /**
   * The department.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`
   */
  readonly department?: InputMaybe<Scalars['String']['input']>;
  /**
   * The division.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division`
   */
  readonly division?: InputMaybe<Scalars['String']['input']>;
  /**
   * The number of the person within the organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber`
   */
  readonly employeeNumber?: InputMaybe<Scalars['String']['input']>;
  /**
   * The organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization`
   */
  readonly organization?: InputMaybe<Scalars['String']['input']>;
};

export type EnterpriseUserWhere = {
  readonly and?: InputMaybe<ReadonlyArray<EnterpriseUserWhere>>;
  readonly costCenter?: InputMaybe<StringFilter>;
  readonly department?: InputMaybe<StringFilter>;
  readonly division?: InputMaybe<StringFilter>;
  readonly employeeNumber?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<EnterpriseUserWhere>;
  readonly or?: InputMaybe<ReadonlyArray<EnterpriseUserWhere>>;
  readonly organization?: InputMaybe<StringFilter>;
};

/** As `StringFilter`, for numbers. */
export type FloatFilter = {
  readonly eq?: InputMaybe<Scalars['Float']['input']>;
  readonly gt?: InputMaybe<Scalars['Float']['input']>;
  readonly gte?: InputMaybe<Scalars['Float']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['Float']['input']>>;
  readonly lt?: InputMaybe<Scalars['Float']['input']>;
  readonly lte?: InputMaybe<Scalars['Float']['input']>;
  readonly ne?: InputMaybe<Scalars['Float']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type FloatListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['Float']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['Float']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['Float']['input']>>;
};

/** A set of users and other groups. */
export type Group = Member & Node & Resource & {
  readonly __typename?: 'Group';
  /** When it was created, as in `meta`. */
  readonly created: Scalars['DateTime']['output'];
  /**
   * The name of the group.
   *
   * SCIM: `displayName`, unique
   */
  readonly displayName: Scalars['String']['output'];
  /** What SCIM sends as ETag; null where the backend cannot check versions, and SCIM therefore sends none. */
  readonly etag?: Maybe<Scalars['String']['output']>;
  /** The values of an extension as SCIM would return them, whatever GraphQL calls them; null where there are none. Links, such as a manager, are fields of their own. */
  readonly extension?: Maybe<Scalars['JSON']['output']>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** Whether the resource of this id is a member; with `transitive`, also through nested groups. False for an id that nothing has. */
  readonly hasMember?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The identifier that Portico gave the resource.
   *
   * SCIM: `id`, case-exact, unique
   */
  readonly id: Scalars['ID']['output'];
  /** Whether this resource is in each of the groups, which are given by id; with `transitive`, also through other groups. One result per group, in order. At most 10,000 questions, groups times resources, in one field. */
  readonly isMemberOf?: Maybe<MembershipCheck>;
  /** When an attribute, a link or a direct member of it last changed, as in `meta`. */
  readonly lastModified: Scalars['DateTime']['output'];
  /** How many members there are, groups among them; with `transitive`, also those of nested groups, each counted once. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first. */
  readonly memberOf?: Maybe<MembershipConnection>;
  /** The members; with `transitive`, also those of nested groups, nearest first. */
  readonly members?: Maybe<MemberConnection>;
  /**
   * Facts about the resource.
   *
   * SCIM: `meta`
   */
  readonly meta: Meta;
  /**
   * The URNs of the schemas that the resource holds.
   *
   * SCIM: `schemas`
   */
  readonly schemas: ReadonlyArray<Scalars['URI']['output']>;
  /** Where it was read. */
  readonly source: Source;
};


/** A set of users and other groups. */
export type GroupExtensionArgs = {
  urn: Scalars['String']['input'];
};


/** A set of users and other groups. */
export type GroupHasMemberArgs = {
  id: Scalars['ID']['input'];
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A set of users and other groups. */
export type GroupIsMemberOfArgs = {
  groups: ReadonlyArray<Scalars['ID']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A set of users and other groups. */
export type GroupMemberCountArgs = {
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A set of users and other groups. */
export type GroupMemberOfArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
  where?: InputMaybe<GroupWhere>;
};


/** A set of users and other groups. */
export type GroupMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
  type?: InputMaybe<Scalars['String']['input']>;
  where?: InputMaybe<MemberWhere>;
};

/** Exactly one of them. */
export type GroupBy =
  { readonly displayName: Scalars['String']['input']; readonly externalId?: never; readonly id?: never; }
  |  { readonly displayName?: never; readonly externalId: Scalars['String']['input']; readonly id?: never; }
  |  { readonly displayName?: never; readonly externalId?: never; readonly id: Scalars['ID']['input']; };

export type GroupConnection = {
  readonly __typename?: 'GroupConnection';
  readonly edges: ReadonlyArray<GroupEdge>;
  /** The nodes of the edges. */
  readonly nodes: ReadonlyArray<Group>;
  readonly pageInfo: PageInfo;
  /** The number on all pages together; counted only when it is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type GroupEdge = {
  readonly __typename?: 'GroupEdge';
  /** Give it as `after` to go on behind this one, or as `before` to go back from it where the list can. */
  readonly cursor: Scalars['String']['output'];
  readonly node: Group;
};

/** Whatever is left out is cleared, except what is immutable, `active` and a password. */
export type GroupInput = {
  /**
   * The name of the group.
   *
   * SCIM: `displayName`, unique
   */
  readonly displayName: Scalars['String']['input'];
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The users and groups in the group.
   *
   * SCIM: `members`
   */
  readonly members?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a resource is linked to. All that is given must hold. */
export type GroupLinkFilter = {
  /** Linked to every one of them. */
  readonly all?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to this one. */
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  /** Linked to nothing that does not fit; true where there is no link. At most 1,000 may not fit. */
  readonly every?: InputMaybe<GroupWhere>;
  /** Linked to any of them. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to nothing that fits; at most 1,000 may fit. */
  readonly none?: InputMaybe<GroupWhere>;
  /** Linked to anything at all. */
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  /** Linked to something that fits; at most 1,000 may fit. */
  readonly some?: InputMaybe<GroupWhere>;
  /** Through nested groups, or along the whole chain of managers, as well. */
  readonly transitive?: InputMaybe<Scalars['Boolean']['input']>;
};

export type GroupOrderBy = {
  readonly direction?: OrderDirection;
  readonly field: GroupOrderField;
};

export type GroupOrderField =
  /** SCIM: `meta.created` */
  | 'CREATED'
  /** SCIM: `displayName` */
  | 'DISPLAY_NAME'
  /** SCIM: `externalId` */
  | 'EXTERNAL_ID'
  /** SCIM: `id` */
  | 'ID'
  /** SCIM: `meta.lastModified` */
  | 'LAST_MODIFIED';

/** What is given is set, null clears it, and what is left out stays. */
export type GroupPatch = {
  /**
   * The name of the group.
   *
   * SCIM: `displayName`, unique
   */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The users and groups in the group.
   *
   * SCIM: `members`
   */
  readonly members?: InputMaybe<IdListPatch>;
};

export type GroupWhere = {
  readonly and?: InputMaybe<ReadonlyArray<GroupWhere>>;
  readonly displayName?: InputMaybe<StringFilter>;
  readonly externalId?: InputMaybe<StringFilter>;
  readonly id?: InputMaybe<IdFilter>;
  readonly memberOf?: InputMaybe<GroupLinkFilter>;
  readonly members?: InputMaybe<MemberLinkFilter>;
  readonly meta?: InputMaybe<MetaWhere>;
  readonly not?: InputMaybe<GroupWhere>;
  readonly or?: InputMaybe<ReadonlyArray<GroupWhere>>;
  readonly schemas?: InputMaybe<UriFilter>;
};

/** As `StringFilter`, for ids. */
export type IdFilter = {
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly ne?: InputMaybe<Scalars['ID']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type IdListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** As `StringFilter`, for whole numbers. */
export type IntegerFilter = {
  readonly eq?: InputMaybe<Scalars['Integer']['input']>;
  readonly gt?: InputMaybe<Scalars['Integer']['input']>;
  readonly gte?: InputMaybe<Scalars['Integer']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['Integer']['input']>>;
  readonly lt?: InputMaybe<Scalars['Integer']['input']>;
  readonly lte?: InputMaybe<Scalars['Integer']['input']>;
  readonly ne?: InputMaybe<Scalars['Integer']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type IntegerListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['Integer']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['Integer']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['Integer']['input']>>;
};

/** A value that does not fit the schema, a required one that is missing, an immutable one that was to change. */
export type InvalidInput = MutationError & {
  readonly __typename?: 'InvalidInput';
  readonly code: Scalars['String']['output'];
  /** What would fit. */
  readonly expected?: Maybe<Scalars['String']['output']>;
  /** What came; null where it is missing, or may be a secret. */
  readonly got?: Maybe<Scalars['String']['output']>;
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What to do, where that does not follow from what is expected. */
  readonly remedy?: Maybe<Scalars['String']['output']>;
};

/** Whatever can be a member of a group. */
export type Member = {
  /** When it was created, as in `meta`. */
  readonly created: Scalars['DateTime']['output'];
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /** What SCIM sends as ETag; null where the backend cannot check versions, and SCIM therefore sends none. */
  readonly etag?: Maybe<Scalars['String']['output']>;
  /** The values of an extension as SCIM would return them, whatever GraphQL calls them; null where there are none. Links, such as a manager, are fields of their own. */
  readonly extension?: Maybe<Scalars['JSON']['output']>;
  readonly externalId?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Whether this resource is in each of the groups, which are given by id; with `transitive`, also through other groups. One result per group, in order. At most 10,000 questions, groups times resources, in one field. */
  readonly isMemberOf?: Maybe<MembershipCheck>;
  /** When an attribute, a link or a direct member of it last changed, as in `meta`. */
  readonly lastModified: Scalars['DateTime']['output'];
  /** The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first. */
  readonly memberOf?: Maybe<MembershipConnection>;
  readonly meta: Meta;
  readonly schemas: ReadonlyArray<Scalars['URI']['output']>;
  /** Where it was read. */
  readonly source: Source;
};


/** Whatever can be a member of a group. */
export type MemberExtensionArgs = {
  urn: Scalars['String']['input'];
};


/** Whatever can be a member of a group. */
export type MemberIsMemberOfArgs = {
  groups: ReadonlyArray<Scalars['ID']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Whatever can be a member of a group. */
export type MemberMemberOfArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
  where?: InputMaybe<GroupWhere>;
};

export type MemberConnection = {
  readonly __typename?: 'MemberConnection';
  readonly edges: ReadonlyArray<MemberEdge>;
  /** The nodes of the edges. */
  readonly nodes: ReadonlyArray<Member>;
  readonly pageInfo: PageInfo;
  /** The number on all pages together; counted only when it is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type MemberEdge = {
  readonly __typename?: 'MemberEdge';
  /** Give it as `after` to go on behind this one, or as `before` to go back from it where the list can. */
  readonly cursor: Scalars['String']['output'];
  /** False where other groups lie between. */
  readonly direct: Scalars['Boolean']['output'];
  readonly node: Member;
  /** The group between, one step nearer to where the query started; null for a direct one. */
  readonly via?: Maybe<Group>;
};

/** What a resource is linked to. All that is given must hold. */
export type MemberLinkFilter = {
  /** Linked to every one of them. */
  readonly all?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to this one. */
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  /** Linked to nothing that does not fit; true where there is no link. At most 1,000 may not fit. */
  readonly every?: InputMaybe<MemberWhere>;
  /** Linked to any of them. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to nothing that fits; at most 1,000 may fit. */
  readonly none?: InputMaybe<MemberWhere>;
  /** Linked to anything at all. */
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  /** Linked to something that fits; at most 1,000 may fit. */
  readonly some?: InputMaybe<MemberWhere>;
  /** Through nested groups, or along the whole chain of managers, as well. */
  readonly transitive?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a member has to be, by its type; a type that is not named does not fit. */
export type MemberWhere = {
  readonly group?: InputMaybe<GroupWhere>;
  readonly user?: InputMaybe<UserWhere>;
};

/** Answers to questions of membership. */
export type MembershipCheck = {
  readonly __typename?: 'MembershipCheck';
  /** When the backend was asked; what changed later is not in it. Unless PRIMARY was asked for, a cache may have answered with what it knew. */
  readonly asOf: Scalars['DateTime']['output'];
  /** One for each question, in order. */
  readonly results: ReadonlyArray<MembershipResult>;
};

export type MembershipConnection = {
  readonly __typename?: 'MembershipConnection';
  readonly edges: ReadonlyArray<MembershipEdge>;
  /** The nodes of the edges. */
  readonly nodes: ReadonlyArray<Group>;
  readonly pageInfo: PageInfo;
  /** The number on all pages together; counted only when it is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type MembershipEdge = {
  readonly __typename?: 'MembershipEdge';
  /** Give it as `after` to go on behind this one, or as `before` to go back from it where the list can. */
  readonly cursor: Scalars['String']['output'];
  /** False where other groups lie between. */
  readonly direct: Scalars['Boolean']['output'];
  readonly node: Group;
  /** The group between, one step nearer to where the query started; null for a direct one. */
  readonly via?: Maybe<Group>;
};

/** A question: is this member in this group? */
export type MembershipPair = {
  readonly group: Scalars['ID']['input'];
  readonly member: Scalars['ID']['input'];
};

/** The answer to one question. */
export type MembershipResult = {
  readonly __typename?: 'MembershipResult';
  readonly group: Scalars['ID']['output'];
  /** False for an id that nothing has, too. */
  readonly isMember: Scalars['Boolean']['output'];
  readonly member: Scalars['ID']['output'];
};

/** What SCIM tells of a resource in `meta`, RFC 7643 §3.1. */
export type Meta = {
  readonly __typename?: 'Meta';
  readonly created: Scalars['DateTime']['output'];
  readonly lastModified: Scalars['DateTime']['output'];
  /** The resource's address in SCIM. */
  readonly location: Scalars['URI']['output'];
  readonly resourceType: Scalars['String']['output'];
  /** As in SCIM's ETag: it changes with the resource's own attributes, links and direct members, and with nothing else. */
  readonly version: Scalars['String']['output'];
};

/** By when a resource was created and last changed. All that is given must hold. */
export type MetaWhere = {
  readonly and?: InputMaybe<ReadonlyArray<MetaWhere>>;
  readonly created?: InputMaybe<DateTimeFilter>;
  readonly lastModified?: InputMaybe<DateTimeFilter>;
  readonly not?: InputMaybe<MetaWhere>;
  readonly or?: InputMaybe<ReadonlyArray<MetaWhere>>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Adds members to a Group; those that it has already stay. Costs the same however large the group is, and never collides with others who do so. */
  readonly addMembers?: Maybe<AddMembersPayload>;
  /** Creates a Group. */
  readonly createGroup?: Maybe<CreateGroupPayload>;
  /** Creates a User. */
  readonly createUser?: Maybe<CreateUserPayload>;
  /** Deletes a Group, as the tenant's life cycle has it. */
  readonly deleteGroup?: Maybe<DeleteGroupPayload>;
  /** Deletes a User, as the tenant's life cycle has it. */
  readonly deleteUser?: Maybe<DeleteUserPayload>;
  /** Changes what the input names of a Group, all of it or nothing. */
  readonly patchGroup?: Maybe<PatchGroupPayload>;
  /** Changes what the input names of a User, all of it or nothing. */
  readonly patchUser?: Maybe<PatchUserPayload>;
  /** Takes members out of a Group; those that it has not are passed over. Costs the same however large the group is, and never collides with others who do so. */
  readonly removeMembers?: Maybe<RemoveMembersPayload>;
  /** Makes a Group what the input says, and nothing else (PUT). */
  readonly replaceGroup?: Maybe<ReplaceGroupPayload>;
  /** Makes a User what the input says, and nothing else (PUT). */
  readonly replaceUser?: Maybe<ReplaceUserPayload>;
};


export type MutationAddMembersArgs = {
  input: AddMembersInput;
};


export type MutationCreateGroupArgs = {
  input: CreateGroupInput;
};


export type MutationCreateUserArgs = {
  input: CreateUserInput;
};


export type MutationDeleteGroupArgs = {
  input: DeleteGroupInput;
};


export type MutationDeleteUserArgs = {
  input: DeleteUserInput;
};


export type MutationPatchGroupArgs = {
  input: PatchGroupInput;
};


export type MutationPatchUserArgs = {
  input: PatchUserInput;
};


export type MutationRemoveMembersArgs = {
  input: RemoveMembersInput;
};


export type MutationReplaceGroupArgs = {
  input: ReplaceGroupInput;
};


export type MutationReplaceUserArgs = {
  input: ReplaceUserInput;
};

/** Why a mutation changed nothing: what the directory did not accept. What it could not do for now is an error of the response. */
export type MutationError = {
  /** For programs, such as `UNIQUENESS`: the directory's codes. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** Where in the arguments, such as `["input", "emails", "0", "value"]`; null where it is no place of theirs. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Anything that has an id. */
export type Node = {
  /** As in SCIM, and as `node` takes it. */
  readonly id: Scalars['ID']['output'];
};

/** The resource that was to be changed does not exist. */
export type NotFound = MutationError & {
  readonly __typename?: 'NotFound';
  readonly code: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Which way a list is ordered. */
export type OrderDirection =
  /** Resources without a value come last. */
  | 'ASC'
  /** The exact reverse. */
  | 'DESC';

/** Where a page stands among all pages. `first` and `after` walk forwards, `last` and `before` back. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Give it as `after` for the next page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follow behind this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether more stand before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Give it as `before` for the page before. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type PatchGroupInput = {
  readonly group?: InputMaybe<GroupPatch>;
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** Instead of `group`: what typed changes cannot say, such as one part of a value among several (RFC 7644 §3.5.2). */
  readonly operations?: InputMaybe<ReadonlyArray<PatchOperation>>;
};

export type PatchGroupPayload = {
  readonly __typename?: 'PatchGroupPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly group?: Maybe<Group>;
};

/** RFC 7644 §3.5.2. */
export type PatchOp =
  | 'ADD'
  | 'REMOVE'
  | 'REPLACE';

/** One operation of RFC 7644 §3.5.2, in SCIM's names and under the rules that the tenant's profile has for SCIM. */
export type PatchOperation = {
  readonly op: PatchOp;
  /** Such as `emails[type eq "work"].value`. */
  readonly path?: InputMaybe<Scalars['String']['input']>;
  readonly value?: InputMaybe<Scalars['JSON']['input']>;
};

export type PatchUserInput = {
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** Instead of `user`: what typed changes cannot say, such as one part of a value among several (RFC 7644 §3.5.2). */
  readonly operations?: InputMaybe<ReadonlyArray<PatchOperation>>;
  readonly user?: InputMaybe<UserPatch>;
};

export type PatchUserPayload = {
  readonly __typename?: 'PatchUserPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly user?: Maybe<User>;
};

export type Query = {
  readonly __typename?: 'Query';
  /**
   * Changes that were committed behind `since`, in that order, deletions among them; answers at once. Without `since` there are none,
   * and `endCursor` stands for now.
   */
  readonly changes?: Maybe<ChangePage>;
  /** Whether each member is in its group; with `transitive`, also through other groups. At most 1,000 pairs, asked of the backend together. */
  readonly checkMembership?: Maybe<MembershipCheck>;
  /** One Group; null where there is none. */
  readonly group?: Maybe<Group>;
  /** Group resources, one page at a time; without `orderBy` in an order that is stable. */
  readonly groups?: Maybe<GroupConnection>;
  /** Any resource by its id. */
  readonly node?: Maybe<Node>;
  /** Resources by id, in order; null where there is none. At most 1,000. */
  readonly nodes?: Maybe<ReadonlyArray<Maybe<Node>>>;
  /** The tenant's schemas and resource types as data, for those who may read the schema; what SCIM tells at /Schemas and /ResourceTypes. */
  readonly schema?: Maybe<ScimDiscovery>;
  /**
   * People and groups of whom a value begins with `text`, whatever its case: `displayName`, `userName`, the parts of the name, an
   * e-mail address. Best first: the whole value before a beginning; then in the order of those attributes; then by the value.
   */
  readonly search?: Maybe<ReadonlyArray<SearchHit>>;
  /** One User; null where there is none. */
  readonly user?: Maybe<User>;
  /** User resources, one page at a time; without `orderBy` in an order that is stable. */
  readonly users?: Maybe<UserConnection>;
  /** The credential that asks, and the person behind it. */
  readonly viewer?: Maybe<Viewer>;
};


export type QueryChangesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


export type QueryCheckMembershipArgs = {
  consistency?: InputMaybe<Consistency>;
  pairs: ReadonlyArray<MembershipPair>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryGroupArgs = {
  by: GroupBy;
  consistency?: InputMaybe<Consistency>;
};


export type QueryGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<Consistency>;
  filter?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ReadonlyArray<GroupOrderBy>>;
  where?: InputMaybe<GroupWhere>;
};


export type QueryNodeArgs = {
  consistency?: InputMaybe<Consistency>;
  id: Scalars['ID']['input'];
};


export type QueryNodesArgs = {
  consistency?: InputMaybe<Consistency>;
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QuerySearchArgs = {
  consistency?: InputMaybe<Consistency>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
  types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


export type QueryUserArgs = {
  by: UserBy;
  consistency?: InputMaybe<Consistency>;
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<Consistency>;
  filter?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ReadonlyArray<UserOrderBy>>;
  where?: InputMaybe<UserWhere>;
};


export type QueryViewerArgs = {
  consistency?: InputMaybe<Consistency>;
};

/** Whatever else the directory does not accept, such as a group that would contain itself. */
export type Refusal = MutationError & {
  readonly __typename?: 'Refusal';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type RemoveMembersInput = {
  /** The Group's id. */
  readonly group: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** The members' ids. */
  readonly members: ReadonlyArray<Scalars['ID']['input']>;
};

export type RemoveMembersPayload = {
  readonly __typename?: 'RemoveMembersPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly group?: Maybe<Group>;
};

export type ReplaceGroupInput = {
  readonly group: GroupInput;
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
};

export type ReplaceGroupPayload = {
  readonly __typename?: 'ReplaceGroupPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly group?: Maybe<Group>;
};

export type ReplaceUserInput = {
  readonly id: Scalars['ID']['input'];
  /** `etag` or `meta.version` as it was read: the change is refused where the resource has moved on since. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  readonly user: UserInput;
};

export type ReplaceUserPayload = {
  readonly __typename?: 'ReplaceUserPayload';
  /** Empty where it was done. */
  readonly errors: ReadonlyArray<MutationError>;
  /** As it is after the write; null where `errors` says why there was none. */
  readonly user?: Maybe<User>;
};

/** What every resource has, RFC 7643 §3. */
export type Resource = {
  /** When it was created, as in `meta`. */
  readonly created: Scalars['DateTime']['output'];
  /** What SCIM sends as ETag; null where the backend cannot check versions, and SCIM therefore sends none. */
  readonly etag?: Maybe<Scalars['String']['output']>;
  readonly externalId?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** When an attribute, a link or a direct member of it last changed, as in `meta`. */
  readonly lastModified: Scalars['DateTime']['output'];
  readonly meta: Meta;
  readonly schemas: ReadonlyArray<Scalars['URI']['output']>;
  /** Where it was read. */
  readonly source: Source;
};

/** One change that was committed. It tells what changed and who changed it; the values are those of `resource`. */
export type ResourceChange = {
  readonly __typename?: 'ResourceChange';
  /** The credential that made it; null for a change behind the gateway's back. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /**
   * Whose memberships the change of a group moved: people added or removed, and those within groups that were, nested ones included.
   * Who is within them is read now. Null where no members changed. TOO_MANY past 1,000; or where the changes of one page move more
   * than 100 groups or affect more than 10,000.
   */
  readonly affected?: Maybe<ReadonlyArray<ChangedResource>>;
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Leads to what follows: give it as `since` or `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The resource's id. */
  readonly id: Scalars['ID']['output'];
  readonly kind: ChangeKind;
  /** The direct members that came and went; null where none did. */
  readonly members?: Maybe<ChangedMembers>;
  /** The request that made it, as in the request log. */
  readonly requestId?: Maybe<Scalars['String']['output']>;
  /** The resource as it is now, which may be newer than the change; null for a deletion, and where it has been deleted since. */
  readonly resource?: Maybe<Resource>;
  /** The resource's type, as `__typename` names it. */
  readonly type: Scalars['String']['output'];
  /** The version that the change gave, as in `meta.version`; null for a deletion. */
  readonly version?: Maybe<Scalars['String']['output']>;
};

/** The characteristics of an attribute, each of them stated (RFC 7643 §2.2 and §7). */
export type ScimAttribute = {
  readonly __typename?: 'ScimAttribute';
  /** Suggestions; null where there are none. */
  readonly canonicalValues?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly caseExact: Scalars['Boolean']['output'];
  readonly description: Scalars['String']['output'];
  readonly multiValued: Scalars['Boolean']['output'];
  readonly mutability: ScimMutability;
  readonly name: Scalars['String']['output'];
  /** Of a reference: resource types, `external` or `uri`; null for any other attribute. */
  readonly referenceTypes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly required: Scalars['Boolean']['output'];
  readonly returned: ScimReturned;
  /** Of a complex attribute; null for any other. They have no such attributes themselves. */
  readonly subAttributes?: Maybe<ReadonlyArray<ScimAttribute>>;
  readonly type: ScimAttributeType;
  readonly uniqueness: ScimUniqueness;
};

/** RFC 7643 §2.3. */
export type ScimAttributeType =
  | 'BINARY'
  | 'BOOLEAN'
  | 'COMPLEX'
  | 'DATE_TIME'
  | 'DECIMAL'
  | 'INTEGER'
  | 'REFERENCE'
  | 'STRING';

/** What the tenant's directory can hold. */
export type ScimDiscovery = {
  readonly __typename?: 'ScimDiscovery';
  readonly resourceTypes: ReadonlyArray<ScimResourceType>;
  readonly schemas: ReadonlyArray<ScimSchema>;
};

/** What clients may write, RFC 7643 §7. */
export type ScimMutability =
  /** Set with the resource, and not changed. */
  | 'IMMUTABLE'
  | 'READ_ONLY'
  | 'READ_WRITE'
  | 'WRITE_ONLY';

/** What SCIM clients can do with resources of a type. */
export type ScimOperation =
  | 'CREATE'
  | 'DELETE'
  | 'PATCH'
  | 'READ'
  | 'REPLACE';

/** RFC 7643 §6. */
export type ScimResourceType = {
  readonly __typename?: 'ScimResourceType';
  readonly description: Scalars['String']['output'];
  /** Below SCIM's base address: `/Users`. */
  readonly endpoint: Scalars['URI']['output'];
  readonly name: Scalars['String']['output'];
  /** What SCIM offers, reading always. */
  readonly operations: ReadonlyArray<ScimOperation>;
  /** The URN of its schema. */
  readonly schema: Scalars['URI']['output'];
  readonly schemaExtensions: ReadonlyArray<ScimSchemaExtension>;
};

/** When an attribute is in an answer, RFC 7643 §7. */
export type ScimReturned =
  | 'ALWAYS'
  | 'DEFAULT'
  | 'NEVER'
  /** By SCIM only where it is asked for. */
  | 'REQUEST';

/** RFC 7643 §7. Attributes whose values nobody is shown are among those that are told of. */
export type ScimSchema = {
  readonly __typename?: 'ScimSchema';
  readonly attributes: ReadonlyArray<ScimAttribute>;
  readonly description: Scalars['String']['output'];
  /** The URN. */
  readonly id: Scalars['URI']['output'];
  readonly name: Scalars['String']['output'];
};

/** An extension of a resource type. */
export type ScimSchemaExtension = {
  readonly __typename?: 'ScimSchemaExtension';
  /** Whether every resource has to have it. */
  readonly required: Scalars['Boolean']['output'];
  /** The URN of the extension. */
  readonly schema: Scalars['URI']['output'];
};

/** Among which values one is unique, RFC 7643 §7. */
export type ScimUniqueness =
  | 'GLOBAL'
  | 'NONE'
  /** Within the tenant. */
  | 'SERVER';

/** Whom a text may mean that somebody is typing. */
export type SearchHit = {
  readonly __typename?: 'SearchHit';
  /** The SCIM path of the attribute that fits best: `displayName`, `emails.value`. */
  readonly attribute: Scalars['String']['output'];
  readonly node: Resource;
  /** Its value that does. */
  readonly value: Scalars['String']['output'];
};

/** Where a resource was read. */
export type Source = {
  readonly __typename?: 'Source';
  /** The backend's name in the configuration, never its address. */
  readonly backend: Scalars['String']['output'];
};

/** Several operators in one filter must all hold. Case matters only where the attribute is case-exact. On several values: any of them fits. */
export type StringFilter = {
  readonly contains?: InputMaybe<Scalars['String']['input']>;
  readonly endsWith?: InputMaybe<Scalars['String']['input']>;
  /** null means: no value. */
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  readonly gt?: InputMaybe<Scalars['String']['input']>;
  readonly gte?: InputMaybe<Scalars['String']['input']>;
  /** Any of them; an empty list finds nothing. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly lt?: InputMaybe<Scalars['String']['input']>;
  readonly lte?: InputMaybe<Scalars['String']['input']>;
  /** A resource without a value fits too. null means: any value. */
  readonly ne?: InputMaybe<Scalars['String']['input']>;
  /** Whether there is a value at all. */
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type StringListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Every change behind `after`, once and in order, and from then on each as it is committed; without `after` from now on. Over
   * server-sent events at `/graphql/stream`.
   */
  readonly resourceChanged: ResourceChange;
};


export type SubscriptionResourceChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** As `StringFilter`, for addresses. */
export type UriFilter = {
  readonly contains?: InputMaybe<Scalars['String']['input']>;
  readonly endsWith?: InputMaybe<Scalars['String']['input']>;
  readonly eq?: InputMaybe<Scalars['URI']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['URI']['input']>>;
  readonly ne?: InputMaybe<Scalars['URI']['input']>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UriListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<Scalars['URI']['input']>>;
  readonly remove?: InputMaybe<ReadonlyArray<Scalars['URI']['input']>>;
  readonly set?: InputMaybe<ReadonlyArray<Scalars['URI']['input']>>;
};

/** Another resource has the value already. */
export type UniquenessConflict = MutationError & {
  readonly __typename?: 'UniquenessConflict';
  readonly code: Scalars['String']['output'];
  /** The resource that has it. */
  readonly holder?: Maybe<Scalars['ID']['output']>;
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** An id in the input, such as a member's or the manager's, that leads to no resource of the kind that is expected there. */
export type UnknownReference = MutationError & {
  readonly __typename?: 'UnknownReference';
  readonly code: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A person who signs in to applications. */
export type User = Member & Node & Resource & {
  readonly __typename?: 'User';
  /**
   * False when the user may not sign in.
   *
   * SCIM: `active`
   */
  readonly active?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Postal addresses.
   *
   * SCIM: `addresses`
   */
  readonly addresses: ReadonlyArray<UserAddress>;
  /** When it was created, as in `meta`. */
  readonly created: Scalars['DateTime']['output'];
  /** The resources whose manager this is. */
  readonly directReports?: Maybe<UserConnection>;
  /**
   * The name to show for the user.
   *
   * SCIM: `displayName`
   */
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /**
   * E-mail addresses.
   *
   * SCIM: `emails`
   */
  readonly emails: ReadonlyArray<UserEmail>;
  /**
   * Attributes of people in an organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`
   */
  readonly enterprise?: Maybe<EnterpriseUser>;
  /**
   * Things the user has been given.
   *
   * SCIM: `entitlements`
   */
  readonly entitlements: ReadonlyArray<UserEntitlement>;
  /** What SCIM sends as ETag; null where the backend cannot check versions, and SCIM therefore sends none. */
  readonly etag?: Maybe<Scalars['String']['output']>;
  /** The values of an extension as SCIM would return them, whatever GraphQL calls them; null where there are none. Links, such as a manager, are fields of their own. */
  readonly extension?: Maybe<Scalars['JSON']['output']>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /**
   * The identifier that Portico gave the resource.
   *
   * SCIM: `id`, case-exact, unique
   */
  readonly id: Scalars['ID']['output'];
  /**
   * Instant messaging addresses.
   *
   * SCIM: `ims`
   */
  readonly ims: ReadonlyArray<UserIm>;
  /** Whether this resource is in each of the groups, which are given by id; with `transitive`, also through other groups. One result per group, in order. At most 10,000 questions, groups times resources, in one field. */
  readonly isMemberOf?: Maybe<MembershipCheck>;
  /** When an attribute, a link or a direct member of it last changed, as in `meta`. */
  readonly lastModified: Scalars['DateTime']['output'];
  /**
   * A BCP 47 language tag for dates, numbers and currency.
   *
   * SCIM: `locale`
   */
  readonly locale?: Maybe<Scalars['String']['output']>;
  /** The manager, where there is one. */
  readonly manager?: Maybe<User>;
  /** The manager, the manager's manager and so on, nearest first, each once; the resource itself only where managers form a circle. */
  readonly managerChain?: Maybe<ReadonlyArray<User>>;
  /** The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first. */
  readonly memberOf?: Maybe<MembershipConnection>;
  /**
   * Facts about the resource.
   *
   * SCIM: `meta`
   */
  readonly meta: Meta;
  /**
   * The parts of the user's name.
   *
   * SCIM: `name`
   */
  readonly name?: Maybe<UserName>;
  /**
   * How the user is called casually.
   *
   * SCIM: `nickName`
   */
  readonly nickName?: Maybe<Scalars['String']['output']>;
  /**
   * Telephone numbers, kept as they were sent.
   *
   * SCIM: `phoneNumbers`
   */
  readonly phoneNumbers: ReadonlyArray<UserPhoneNumber>;
  /**
   * Addresses of photos.
   *
   * SCIM: `photos`
   */
  readonly photos: ReadonlyArray<UserPhoto>;
  /**
   * Languages in the form of the HTTP Accept-Language header.
   *
   * SCIM: `preferredLanguage`
   */
  readonly preferredLanguage?: Maybe<Scalars['String']['output']>;
  /**
   * The address of the user's page.
   *
   * SCIM: `profileUrl`
   */
  readonly profileUrl?: Maybe<Scalars['URI']['output']>;
  /** Those who report to this resource, directly or through other managers, nearest first, each once; the resource itself only where managers form a circle. */
  readonly reports?: Maybe<UserReportConnection>;
  /**
   * Roles of the user.
   *
   * SCIM: `roles`
   */
  readonly roles: ReadonlyArray<UserRole>;
  /**
   * The URNs of the schemas that the resource holds.
   *
   * SCIM: `schemas`
   */
  readonly schemas: ReadonlyArray<Scalars['URI']['output']>;
  /** Where it was read. */
  readonly source: Source;
  /**
   * An IANA time zone, such as Europe/Berlin.
   *
   * SCIM: `timezone`
   */
  readonly timezone?: Maybe<Scalars['String']['output']>;
  /**
   * The job title, such as Vice President.
   *
   * SCIM: `title`
   */
  readonly title?: Maybe<Scalars['String']['output']>;
  /**
   * The name by which the identity provider knows the user; compared regardless of case and unique.
   *
   * SCIM: `userName`, unique
   */
  readonly userName: Scalars['String']['output'];
  /**
   * How the user relates to the organisation, such as Employee or Contractor.
   *
   * SCIM: `userType`
   */
  readonly userType?: Maybe<Scalars['String']['output']>;
  /**
   * Certificates of the user.
   *
   * SCIM: `x509Certificates`
   */
  readonly x509Certificates: ReadonlyArray<UserX509Certificate>;
};


/** A person who signs in to applications. */
export type UserDirectReportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  where?: InputMaybe<UserWhere>;
};


/** A person who signs in to applications. */
export type UserExtensionArgs = {
  urn: Scalars['String']['input'];
};


/** A person who signs in to applications. */
export type UserIsMemberOfArgs = {
  groups: ReadonlyArray<Scalars['ID']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A person who signs in to applications. */
export type UserManagerChainArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person who signs in to applications. */
export type UserMemberOfArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  transitive?: InputMaybe<Scalars['Boolean']['input']>;
  where?: InputMaybe<GroupWhere>;
};


/** A person who signs in to applications. */
export type UserReportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  depth?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  where?: InputMaybe<UserWhere>;
};

/**
 * Postal addresses.
 *
 * SCIM: `addresses`
 */
export type UserAddress = {
  readonly __typename?: 'UserAddress';
  /**
   * The country as ISO 3166-1 alpha-2, such as US.
   *
   * SCIM: `addresses.country`
   */
  readonly country?: Maybe<Scalars['String']['output']>;
  /**
   * The address as it is printed on a label.
   *
   * SCIM: `addresses.formatted`
   */
  readonly formatted?: Maybe<Scalars['String']['output']>;
  /**
   * The city.
   *
   * SCIM: `addresses.locality`
   */
  readonly locality?: Maybe<Scalars['String']['output']>;
  /**
   * The postal code.
   *
   * SCIM: `addresses.postalCode`
   */
  readonly postalCode?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `addresses.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The state or region.
   *
   * SCIM: `addresses.region`
   */
  readonly region?: Maybe<Scalars['String']['output']>;
  /**
   * Street and house number; may have several lines.
   *
   * SCIM: `addresses.streetAddress`
   */
  readonly streetAddress?: Maybe<Scalars['String']['output']>;
  /**
   * What the address is for.
   *
   * SCIM: `addresses.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The canonical form of `type`; null for any other value. */
  readonly typeValue?: Maybe<UserAddressTypeValue>;
};

export type UserAddressInput = {
  /**
   * The country as ISO 3166-1 alpha-2, such as US.
   *
   * SCIM: `addresses.country`
   */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address as it is printed on a label.
   *
   * SCIM: `addresses.formatted`
   */
  readonly formatted?: InputMaybe<Scalars['String']['input']>;
  /**
   * The city.
   *
   * SCIM: `addresses.locality`
   */
  readonly locality?: InputMaybe<Scalars['String']['input']>;
  /**
   * The postal code.
   *
   * SCIM: `addresses.postalCode`
   */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `addresses.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The state or region.
   *
   * SCIM: `addresses.region`
   */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /**
   * Street and house number; may have several lines.
   *
   * SCIM: `addresses.streetAddress`
   */
  readonly streetAddress?: InputMaybe<Scalars['String']['input']>;
  /**
   * What the address is for.
   *
   * SCIM: `addresses.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
};

export type UserAddressListFilter = {
  readonly every?: InputMaybe<UserAddressWhere>;
  readonly none?: InputMaybe<UserAddressWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserAddressWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserAddressListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserAddressInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserAddressInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserAddressInput>>;
};

export type UserAddressTypeValue =
  | 'HOME'
  | 'OTHER'
  | 'WORK';

export type UserAddressWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserAddressWhere>>;
  readonly country?: InputMaybe<StringFilter>;
  readonly formatted?: InputMaybe<StringFilter>;
  readonly locality?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserAddressWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserAddressWhere>>;
  readonly postalCode?: InputMaybe<StringFilter>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly region?: InputMaybe<StringFilter>;
  readonly streetAddress?: InputMaybe<StringFilter>;
  readonly type?: InputMaybe<StringFilter>;
};

/** Exactly one of them. */
export type UserBy =
  { readonly email: Scalars['String']['input']; readonly externalId?: never; readonly id?: never; readonly userName?: never; }
  |  { readonly email?: never; readonly externalId: Scalars['String']['input']; readonly id?: never; readonly userName?: never; }
  |  { readonly email?: never; readonly externalId?: never; readonly id: Scalars['ID']['input']; readonly userName?: never; }
  |  { readonly email?: never; readonly externalId?: never; readonly id?: never; readonly userName: Scalars['String']['input']; };

export type UserConnection = {
  readonly __typename?: 'UserConnection';
  readonly edges: ReadonlyArray<UserEdge>;
  /** The nodes of the edges. */
  readonly nodes: ReadonlyArray<User>;
  readonly pageInfo: PageInfo;
  /** The number on all pages together; counted only when it is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type UserEdge = {
  readonly __typename?: 'UserEdge';
  /** Give it as `after` to go on behind this one, or as `before` to go back from it where the list can. */
  readonly cursor: Scalars['String']['output'];
  readonly node: User;
};

/**
 * E-mail addresses.
 *
 * SCIM: `emails`
 */
export type UserEmail = {
  readonly __typename?: 'UserEmail';
  /**
   * A name to show for the value.
   *
   * SCIM: `emails.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `emails.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * What the address is for.
   *
   * SCIM: `emails.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The canonical form of `type`; null for any other value. */
  readonly typeValue?: Maybe<UserEmailTypeValue>;
  /**
   * The address.
   *
   * SCIM: `emails.value`
   */
  readonly value?: Maybe<Scalars['String']['output']>;
};

export type UserEmailInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `emails.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `emails.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * What the address is for.
   *
   * SCIM: `emails.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address.
   *
   * SCIM: `emails.value`
   */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

export type UserEmailListFilter = {
  readonly every?: InputMaybe<UserEmailWhere>;
  readonly none?: InputMaybe<UserEmailWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserEmailWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserEmailListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserEmailInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserEmailInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserEmailInput>>;
};

export type UserEmailTypeValue =
  | 'HOME'
  | 'OTHER'
  | 'WORK';

export type UserEmailWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserEmailWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserEmailWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserEmailWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<StringFilter>;
};

/**
 * Things the user has been given.
 *
 * SCIM: `entitlements`
 */
export type UserEntitlement = {
  readonly __typename?: 'UserEntitlement';
  /**
   * A name to show for the value.
   *
   * SCIM: `entitlements.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `entitlements.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The kind of entitlement.
   *
   * SCIM: `entitlements.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /**
   * The entitlement.
   *
   * SCIM: `entitlements.value`
   */
  readonly value?: Maybe<Scalars['String']['output']>;
};

export type UserEntitlementInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `entitlements.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `entitlements.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The kind of entitlement.
   *
   * SCIM: `entitlements.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The entitlement.
   *
   * SCIM: `entitlements.value`
   */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

export type UserEntitlementListFilter = {
  readonly every?: InputMaybe<UserEntitlementWhere>;
  readonly none?: InputMaybe<UserEntitlementWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserEntitlementWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserEntitlementListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserEntitlementInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserEntitlementInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserEntitlementInput>>;
};

export type UserEntitlementWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserEntitlementWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserEntitlementWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserEntitlementWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<StringFilter>;
};

/**
 * Instant messaging addresses.
 *
 * SCIM: `ims`
 */
export type UserIm = {
  readonly __typename?: 'UserIm';
  /**
   * A name to show for the value.
   *
   * SCIM: `ims.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `ims.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The messaging service.
   *
   * SCIM: `ims.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The canonical form of `type`; null for any other value. */
  readonly typeValue?: Maybe<UserImTypeValue>;
  /**
   * The address.
   *
   * SCIM: `ims.value`
   */
  readonly value?: Maybe<Scalars['String']['output']>;
};

export type UserImInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `ims.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `ims.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The messaging service.
   *
   * SCIM: `ims.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address.
   *
   * SCIM: `ims.value`
   */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

export type UserImListFilter = {
  readonly every?: InputMaybe<UserImWhere>;
  readonly none?: InputMaybe<UserImWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserImWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserImListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserImInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserImInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserImInput>>;
};

export type UserImTypeValue =
  | 'AIM'
  | 'GTALK'
  | 'ICQ'
  | 'MSN'
  | 'QQ'
  | 'SKYPE'
  | 'XMPP'
  | 'YAHOO';

export type UserImWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserImWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserImWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserImWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<StringFilter>;
};

/** Whatever is left out is cleared, except what is immutable, `active` and a password. */
export type UserInput = {
  /**
   * False when the user may not sign in.
   *
   * SCIM: `active`
   */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Postal addresses.
   *
   * SCIM: `addresses`
   */
  readonly addresses?: InputMaybe<ReadonlyArray<UserAddressInput>>;
  /**
   * The name to show for the user.
   *
   * SCIM: `displayName`
   */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * E-mail addresses.
   *
   * SCIM: `emails`
   */
  readonly emails?: InputMaybe<ReadonlyArray<UserEmailInput>>;
  /**
   * Attributes of people in an organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`
   */
  readonly enterprise?: InputMaybe<EnterpriseUserInput>;
  /**
   * Things the user has been given.
   *
   * SCIM: `entitlements`
   */
  readonly entitlements?: InputMaybe<ReadonlyArray<UserEntitlementInput>>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * Instant messaging addresses.
   *
   * SCIM: `ims`
   */
  readonly ims?: InputMaybe<ReadonlyArray<UserImInput>>;
  /**
   * A BCP 47 language tag for dates, numbers and currency.
   *
   * SCIM: `locale`
   */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /**
   * The person's manager.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager`
   */
  readonly manager?: InputMaybe<Scalars['ID']['input']>;
  /**
   * The parts of the user's name.
   *
   * SCIM: `name`
   */
  readonly name?: InputMaybe<UserNameInput>;
  /**
   * How the user is called casually.
   *
   * SCIM: `nickName`
   */
  readonly nickName?: InputMaybe<Scalars['String']['input']>;
  /**
   * Accepted and hashed; never returned.
   *
   * SCIM: `password`, case-exact
   */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /**
   * Telephone numbers, kept as they were sent.
   *
   * SCIM: `phoneNumbers`
   */
  readonly phoneNumbers?: InputMaybe<ReadonlyArray<UserPhoneNumberInput>>;
  /**
   * Addresses of photos.
   *
   * SCIM: `photos`
   */
  readonly photos?: InputMaybe<ReadonlyArray<UserPhotoInput>>;
  /**
   * Languages in the form of the HTTP Accept-Language header.
   *
   * SCIM: `preferredLanguage`
   */
  readonly preferredLanguage?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address of the user's page.
   *
   * SCIM: `profileUrl`
   */
  readonly profileUrl?: InputMaybe<Scalars['URI']['input']>;
  /**
   * Roles of the user.
   *
   * SCIM: `roles`
   */
  readonly roles?: InputMaybe<ReadonlyArray<UserRoleInput>>;
  /**
   * An IANA time zone, such as Europe/Berlin.
   *
   * SCIM: `timezone`
   */
  readonly timezone?: InputMaybe<Scalars['String']['input']>;
  /**
   * The job title, such as Vice President.
   *
   * SCIM: `title`
   */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /**
   * The name by which the identity provider knows the user; compared regardless of case and unique.
   *
   * SCIM: `userName`, unique
   */
  readonly userName: Scalars['String']['input'];
  /**
   * How the user relates to the organisation, such as Employee or Contractor.
   *
   * SCIM: `userType`
   */
  readonly userType?: InputMaybe<Scalars['String']['input']>;
  /**
   * Certificates of the user.
   *
   * SCIM: `x509Certificates`
   */
  readonly x509Certificates?: InputMaybe<ReadonlyArray<UserX509CertificateInput>>;
};

/** What a resource is linked to. All that is given must hold. */
export type UserLinkFilter = {
  /** Linked to every one of them. */
  readonly all?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to this one. */
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  /** Linked to nothing that does not fit; true where there is no link. At most 1,000 may not fit. */
  readonly every?: InputMaybe<UserWhere>;
  /** Linked to any of them. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Linked to nothing that fits; at most 1,000 may fit. */
  readonly none?: InputMaybe<UserWhere>;
  /** Linked to anything at all. */
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  /** Linked to something that fits; at most 1,000 may fit. */
  readonly some?: InputMaybe<UserWhere>;
  /** Through nested groups, or along the whole chain of managers, as well. */
  readonly transitive?: InputMaybe<Scalars['Boolean']['input']>;
};

/**
 * The parts of the user's name.
 *
 * SCIM: `name`
 */
export type UserName = {
  readonly __typename?: 'UserName';
  /**
   * The family name, or last name.
   *
   * SCIM: `name.familyName`
   */
  readonly familyName?: Maybe<Scalars['String']['output']>;
  /**
   * The full name as it is shown.
   *
   * SCIM: `name.formatted`
   */
  readonly formatted?: Maybe<Scalars['String']['output']>;
  /**
   * The given name, or first name.
   *
   * SCIM: `name.givenName`
   */
  readonly givenName?: Maybe<Scalars['String']['output']>;
  /**
   * A title before the name, such as Dr.
   *
   * SCIM: `name.honorificPrefix`
   */
  readonly honorificPrefix?: Maybe<Scalars['String']['output']>;
  /**
   * A suffix after the name, such as III.
   *
   * SCIM: `name.honorificSuffix`
   */
  readonly honorificSuffix?: Maybe<Scalars['String']['output']>;
  /**
   * The middle name or names.
   *
   * SCIM: `name.middleName`
   */
  readonly middleName?: Maybe<Scalars['String']['output']>;
};

export type UserNameInput = {
  /**
   * The family name, or last name.
   *
   * SCIM: `name.familyName`
   */
  readonly familyName?: InputMaybe<Scalars['String']['input']>;
  /**
   * The full name as it is shown.
   *
   * SCIM: `name.formatted`
   */
  readonly formatted?: InputMaybe<Scalars['String']['input']>;
  /**
   * The given name, or first name.
   *
   * SCIM: `name.givenName`
   */
  readonly givenName?: InputMaybe<Scalars['String']['input']>;
  /**
   * A title before the name, such as Dr.
   *
   * SCIM: `name.honorificPrefix`
   */
  readonly honorificPrefix?: InputMaybe<Scalars['String']['input']>;
  /**
   * A suffix after the name, such as III.
   *
   * SCIM: `name.honorificSuffix`
   */
  readonly honorificSuffix?: InputMaybe<Scalars['String']['input']>;
  /**
   * The middle name or names.
   *
   * SCIM: `name.middleName`
   */
  readonly middleName?: InputMaybe<Scalars['String']['input']>;
};

export type UserNamePatch = {
  /**
   * The family name, or last name.
   *
   * SCIM: `name.familyName`
   */
  readonly familyName?: InputMaybe<Scalars['String']['input']>;
  /**
   * The full name as it is shown.
   *
   * SCIM: `name.formatted`
   */
  readonly formatted?: InputMaybe<Scalars['String']['input']>;
  /**
   * The given name, or first name.
   *
   * SCIM: `name.givenName`
   */
  readonly givenName?: InputMaybe<Scalars['String']['input']>;
  /**
   * A title before the name, such as Dr.
   *
   * SCIM: `name.honorificPrefix`
   */
  readonly honorificPrefix?: InputMaybe<Scalars['String']['input']>;
  /**
   * A suffix after the name, such as III.
   *
   * SCIM: `name.honorificSuffix`
   */
  readonly honorificSuffix?: InputMaybe<Scalars['String']['input']>;
  /**
   * The middle name or names.
   *
   * SCIM: `name.middleName`
   */
  readonly middleName?: InputMaybe<Scalars['String']['input']>;
};

export type UserNameWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserNameWhere>>;
  readonly familyName?: InputMaybe<StringFilter>;
  readonly formatted?: InputMaybe<StringFilter>;
  readonly givenName?: InputMaybe<StringFilter>;
  readonly honorificPrefix?: InputMaybe<StringFilter>;
  readonly honorificSuffix?: InputMaybe<StringFilter>;
  readonly middleName?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserNameWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserNameWhere>>;
};

export type UserOrderBy = {
  readonly direction?: OrderDirection;
  readonly field: UserOrderField;
};

export type UserOrderField =
  /** SCIM: `active` */
  | 'ACTIVE'
  /** SCIM: `meta.created` */
  | 'CREATED'
  /** SCIM: `displayName` */
  | 'DISPLAY_NAME'
  /** SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter` */
  | 'ENTERPRISE_COST_CENTER'
  /** SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department` */
  | 'ENTERPRISE_DEPARTMENT'
  /** SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division` */
  | 'ENTERPRISE_DIVISION'
  /** SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber` */
  | 'ENTERPRISE_EMPLOYEE_NUMBER'
  /** SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization` */
  | 'ENTERPRISE_ORGANIZATION'
  /** SCIM: `externalId` */
  | 'EXTERNAL_ID'
  /** SCIM: `id` */
  | 'ID'
  /** SCIM: `meta.lastModified` */
  | 'LAST_MODIFIED'
  /** SCIM: `locale` */
  | 'LOCALE'
  /** SCIM: `name.familyName` */
  | 'NAME_FAMILY_NAME'
  /** SCIM: `name.formatted` */
  | 'NAME_FORMATTED'
  /** SCIM: `name.givenName` */
  | 'NAME_GIVEN_NAME'
  /** SCIM: `name.honorificPrefix` */
  | 'NAME_HONORIFIC_PREFIX'
  /** SCIM: `name.honorificSuffix` */
  | 'NAME_HONORIFIC_SUFFIX'
  /** SCIM: `name.middleName` */
  | 'NAME_MIDDLE_NAME'
  /** SCIM: `nickName` */
  | 'NICK_NAME'
  /** SCIM: `preferredLanguage` */
  | 'PREFERRED_LANGUAGE'
  /** SCIM: `profileUrl` */
  | 'PROFILE_URL'
  /** SCIM: `timezone` */
  | 'TIMEZONE'
  /** SCIM: `title` */
  | 'TITLE'
  /** SCIM: `userName` */
  | 'USER_NAME'
  /** SCIM: `userType` */
  | 'USER_TYPE';

/** What is given is set, null clears it, and what is left out stays. */
export type UserPatch = {
  /**
   * False when the user may not sign in.
   *
   * SCIM: `active`
   */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Postal addresses.
   *
   * SCIM: `addresses`
   */
  readonly addresses?: InputMaybe<UserAddressListPatch>;
  /**
   * The name to show for the user.
   *
   * SCIM: `displayName`
   */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * E-mail addresses.
   *
   * SCIM: `emails`
   */
  readonly emails?: InputMaybe<UserEmailListPatch>;
  /**
   * Attributes of people in an organisation.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`
   */
  readonly enterprise?: InputMaybe<EnterpriseUserPatch>;
  /**
   * Things the user has been given.
   *
   * SCIM: `entitlements`
   */
  readonly entitlements?: InputMaybe<UserEntitlementListPatch>;
  /**
   * The identifier that the identity provider gave the resource.
   *
   * SCIM: `externalId`, case-exact
   */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /**
   * Instant messaging addresses.
   *
   * SCIM: `ims`
   */
  readonly ims?: InputMaybe<UserImListPatch>;
  /**
   * A BCP 47 language tag for dates, numbers and currency.
   *
   * SCIM: `locale`
   */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /**
   * The person's manager.
   *
   * SCIM: `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager`
   */
  readonly manager?: InputMaybe<Scalars['ID']['input']>;
  /**
   * The parts of the user's name.
   *
   * SCIM: `name`
   */
  readonly name?: InputMaybe<UserNamePatch>;
  /**
   * How the user is called casually.
   *
   * SCIM: `nickName`
   */
  readonly nickName?: InputMaybe<Scalars['String']['input']>;
  /**
   * Accepted and hashed; never returned.
   *
   * SCIM: `password`, case-exact
   */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /**
   * Telephone numbers, kept as they were sent.
   *
   * SCIM: `phoneNumbers`
   */
  readonly phoneNumbers?: InputMaybe<UserPhoneNumberListPatch>;
  /**
   * Addresses of photos.
   *
   * SCIM: `photos`
   */
  readonly photos?: InputMaybe<UserPhotoListPatch>;
  /**
   * Languages in the form of the HTTP Accept-Language header.
   *
   * SCIM: `preferredLanguage`
   */
  readonly preferredLanguage?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address of the user's page.
   *
   * SCIM: `profileUrl`
   */
  readonly profileUrl?: InputMaybe<Scalars['URI']['input']>;
  /**
   * Roles of the user.
   *
   * SCIM: `roles`
   */
  readonly roles?: InputMaybe<UserRoleListPatch>;
  /**
   * An IANA time zone, such as Europe/Berlin.
   *
   * SCIM: `timezone`
   */
  readonly timezone?: InputMaybe<Scalars['String']['input']>;
  /**
   * The job title, such as Vice President.
   *
   * SCIM: `title`
   */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /**
   * The name by which the identity provider knows the user; compared regardless of case and unique.
   *
   * SCIM: `userName`, unique
   */
  readonly userName?: InputMaybe<Scalars['String']['input']>;
  /**
   * How the user relates to the organisation, such as Employee or Contractor.
   *
   * SCIM: `userType`
   */
  readonly userType?: InputMaybe<Scalars['String']['input']>;
  /**
   * Certificates of the user.
   *
   * SCIM: `x509Certificates`
   */
  readonly x509Certificates?: InputMaybe<UserX509CertificateListPatch>;
};

/**
 * Telephone numbers, kept as they were sent.
 *
 * SCIM: `phoneNumbers`
 */
export type UserPhoneNumber = {
  readonly __typename?: 'UserPhoneNumber';
  /**
   * A name to show for the value.
   *
   * SCIM: `phoneNumbers.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `phoneNumbers.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * What the number is for.
   *
   * SCIM: `phoneNumbers.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The canonical form of `type`; null for any other value. */
  readonly typeValue?: Maybe<UserPhoneNumberTypeValue>;
  /**
   * The number.
   *
   * SCIM: `phoneNumbers.value`
   */
  readonly value?: Maybe<Scalars['String']['output']>;
};

export type UserPhoneNumberInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `phoneNumbers.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `phoneNumbers.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * What the number is for.
   *
   * SCIM: `phoneNumbers.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The number.
   *
   * SCIM: `phoneNumbers.value`
   */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

export type UserPhoneNumberListFilter = {
  readonly every?: InputMaybe<UserPhoneNumberWhere>;
  readonly none?: InputMaybe<UserPhoneNumberWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserPhoneNumberWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserPhoneNumberListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserPhoneNumberInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserPhoneNumberInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserPhoneNumberInput>>;
};

export type UserPhoneNumberTypeValue =
  | 'FAX'
  | 'HOME'
  | 'MOBILE'
  | 'OTHER'
  | 'PAGER'
  | 'WORK';

export type UserPhoneNumberWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserPhoneNumberWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserPhoneNumberWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserPhoneNumberWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<StringFilter>;
};

/**
 * Addresses of photos.
 *
 * SCIM: `photos`
 */
export type UserPhoto = {
  readonly __typename?: 'UserPhoto';
  /**
   * A name to show for the value.
   *
   * SCIM: `photos.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `photos.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The size of the image.
   *
   * SCIM: `photos.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The canonical form of `type`; null for any other value. */
  readonly typeValue?: Maybe<UserPhotoTypeValue>;
  /**
   * The address of the image.
   *
   * SCIM: `photos.value`
   */
  readonly value?: Maybe<Scalars['URI']['output']>;
};

export type UserPhotoInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `photos.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `photos.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The size of the image.
   *
   * SCIM: `photos.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The address of the image.
   *
   * SCIM: `photos.value`
   */
  readonly value?: InputMaybe<Scalars['URI']['input']>;
};

export type UserPhotoListFilter = {
  readonly every?: InputMaybe<UserPhotoWhere>;
  readonly none?: InputMaybe<UserPhotoWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserPhotoWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserPhotoListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserPhotoInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserPhotoInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserPhotoInput>>;
};

export type UserPhotoTypeValue =
  | 'PHOTO'
  | 'THUMBNAIL';

export type UserPhotoWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserPhotoWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserPhotoWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserPhotoWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<UriFilter>;
};

export type UserReportConnection = {
  readonly __typename?: 'UserReportConnection';
  readonly edges: ReadonlyArray<UserReportEdge>;
  /** The nodes of the edges. */
  readonly nodes: ReadonlyArray<User>;
  readonly pageInfo: PageInfo;
  /** The number on all pages together; counted only when it is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type UserReportEdge = {
  readonly __typename?: 'UserReportEdge';
  /** Give it as `after` to go on behind this one, or as `before` to go back from it where the list can. */
  readonly cursor: Scalars['String']['output'];
  /** How many managers away: 1 is a direct report. */
  readonly distance: Scalars['Int']['output'];
  readonly node: User;
};

/**
 * Roles of the user.
 *
 * SCIM: `roles`
 */
export type UserRole = {
  readonly __typename?: 'UserRole';
  /**
   * A name to show for the value.
   *
   * SCIM: `roles.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `roles.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The kind of role.
   *
   * SCIM: `roles.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /**
   * The role.
   *
   * SCIM: `roles.value`
   */
  readonly value?: Maybe<Scalars['String']['output']>;
};

export type UserRoleInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `roles.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `roles.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The kind of role.
   *
   * SCIM: `roles.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * The role.
   *
   * SCIM: `roles.value`
   */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

export type UserRoleListFilter = {
  readonly every?: InputMaybe<UserRoleWhere>;
  readonly none?: InputMaybe<UserRoleWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserRoleWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserRoleListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserRoleInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserRoleInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserRoleInput>>;
};

export type UserRoleWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserRoleWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserRoleWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserRoleWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<StringFilter>;
};

export type UserWhere = {
  readonly active?: InputMaybe<BooleanFilter>;
  readonly addresses?: InputMaybe<UserAddressListFilter>;
  readonly and?: InputMaybe<ReadonlyArray<UserWhere>>;
  readonly directReports?: InputMaybe<UserLinkFilter>;
  readonly displayName?: InputMaybe<StringFilter>;
  readonly emails?: InputMaybe<UserEmailListFilter>;
  readonly enterprise?: InputMaybe<EnterpriseUserWhere>;
  readonly entitlements?: InputMaybe<UserEntitlementListFilter>;
  readonly externalId?: InputMaybe<StringFilter>;
  readonly id?: InputMaybe<IdFilter>;
  readonly ims?: InputMaybe<UserImListFilter>;
  readonly locale?: InputMaybe<StringFilter>;
  readonly manager?: InputMaybe<UserLinkFilter>;
  readonly memberOf?: InputMaybe<GroupLinkFilter>;
  readonly meta?: InputMaybe<MetaWhere>;
  readonly name?: InputMaybe<UserNameWhere>;
  readonly nickName?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserWhere>>;
  readonly phoneNumbers?: InputMaybe<UserPhoneNumberListFilter>;
  readonly photos?: InputMaybe<UserPhotoListFilter>;
  readonly preferredLanguage?: InputMaybe<StringFilter>;
  readonly profileUrl?: InputMaybe<UriFilter>;
  readonly roles?: InputMaybe<UserRoleListFilter>;
  readonly schemas?: InputMaybe<UriFilter>;
  readonly timezone?: InputMaybe<StringFilter>;
  readonly title?: InputMaybe<StringFilter>;
  readonly userName?: InputMaybe<StringFilter>;
  readonly userType?: InputMaybe<StringFilter>;
  readonly x509Certificates?: InputMaybe<UserX509CertificateListFilter>;
};

/**
 * Certificates of the user.
 *
 * SCIM: `x509Certificates`
 */
export type UserX509Certificate = {
  readonly __typename?: 'UserX509Certificate';
  /**
   * A name to show for the value.
   *
   * SCIM: `x509Certificates.display`
   */
  readonly display?: Maybe<Scalars['String']['output']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `x509Certificates.primary`
   */
  readonly primary?: Maybe<Scalars['Boolean']['output']>;
  /**
   * The kind of certificate.
   *
   * SCIM: `x509Certificates.type`
   */
  readonly type?: Maybe<Scalars['String']['output']>;
  /**
   * One certificate as base64 of its DER form.
   *
   * SCIM: `x509Certificates.value`
   */
  readonly value?: Maybe<Scalars['Base64']['output']>;
};

export type UserX509CertificateInput = {
  /**
   * A name to show for the value.
   *
   * SCIM: `x509Certificates.display`
   */
  readonly display?: InputMaybe<Scalars['String']['input']>;
  /**
   * The preferred value of this attribute; true at most once.
   *
   * SCIM: `x509Certificates.primary`
   */
  readonly primary?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The kind of certificate.
   *
   * SCIM: `x509Certificates.type`
   */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /**
   * One certificate as base64 of its DER form.
   *
   * SCIM: `x509Certificates.value`
   */
  readonly value?: InputMaybe<Scalars['Base64']['input']>;
};

export type UserX509CertificateListFilter = {
  readonly every?: InputMaybe<UserX509CertificateWhere>;
  readonly none?: InputMaybe<UserX509CertificateWhere>;
  readonly present?: InputMaybe<Scalars['Boolean']['input']>;
  readonly some?: InputMaybe<UserX509CertificateWhere>;
};

/** A change of several values: first `set`, which replaces them all, then `remove`, then `add`. */
export type UserX509CertificateListPatch = {
  readonly add?: InputMaybe<ReadonlyArray<UserX509CertificateInput>>;
  /** Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given. */
  readonly remove?: InputMaybe<ReadonlyArray<UserX509CertificateInput>>;
  readonly set?: InputMaybe<ReadonlyArray<UserX509CertificateInput>>;
};

export type UserX509CertificateWhere = {
  readonly and?: InputMaybe<ReadonlyArray<UserX509CertificateWhere>>;
  readonly display?: InputMaybe<StringFilter>;
  readonly not?: InputMaybe<UserX509CertificateWhere>;
  readonly or?: InputMaybe<ReadonlyArray<UserX509CertificateWhere>>;
  readonly primary?: InputMaybe<BooleanFilter>;
  readonly type?: InputMaybe<StringFilter>;
  readonly value?: InputMaybe<Base64Filter>;
};

/** The resource is no longer as `ifVersion` says. */
export type VersionMismatch = MutationError & {
  readonly __typename?: 'VersionMismatch';
  readonly code: Scalars['String']['output'];
  /** The version that it has now, as `meta.version` shows it; costs a backend call where it is selected. */
  readonly currentVersion?: Maybe<Scalars['String']['output']>;
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** The credential that asks. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** What the access log and change records call it. */
  readonly name: Scalars['String']['output'];
  /** What it may do, as `auth.tokens` has it: `graphql:read` and the like. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
  /** The tenant that it opens, which all answers come from. */
  readonly tenant: Scalars['String']['output'];
  /** The person whom the credential stands for, as in SCIM `/Me`; null where it stands for a client alone, or for nobody who is there. */
  readonly user?: Maybe<User>;
};

export type Link__Purpose =
  | 'EXECUTION'
  | 'SECURITY';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Member:
    | ( Place )
    | ( Place )
  ;
  MutationError:
    | ( InvalidInput )
    | ( NotFound )
    | ( Refusal )
    | ( UniquenessConflict )
    | ( UnknownReference )
    | ( VersionMismatch )
  ;
  Node:
    | ( Place )
    | ( Place )
  ;
  Resource:
    | ( Place )
    | ( Place )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddMembersInput: AddMembersInput;
  AddMembersPayload: ResolverTypeWrapper<Omit<AddMembersPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, group?: Maybe<ResolversTypes['Group']> }>;
  Base64: ResolverTypeWrapper<Scalars['Base64']['output']>;
  Base64Filter: Base64Filter;
  Base64ListPatch: Base64ListPatch;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BooleanFilter: BooleanFilter;
  BooleanListPatch: BooleanListPatch;
  ChangeKind: ChangeKind;
  ChangePage: ResolverTypeWrapper<KnownChangePage>;
  ChangedMembers: ResolverTypeWrapper<KnownMembers>;
  ChangedResource: ResolverTypeWrapper<ChangedRef>;
  Consistency: Consistency;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: ResolverTypeWrapper<Omit<CreateGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, group?: Maybe<ResolversTypes['Group']> }>;
  CreateUserInput: CreateUserInput;
  CreateUserPayload: ResolverTypeWrapper<Omit<CreateUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, user?: Maybe<ResolversTypes['User']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DateTimeFilter: DateTimeFilter;
  DateTimeListPatch: DateTimeListPatch;
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: ResolverTypeWrapper<Omit<DeleteGroupPayload, 'errors'> & { errors: ReadonlyArray<ResolversTypes['MutationError']> }>;
  DeleteUserInput: DeleteUserInput;
  DeleteUserPayload: ResolverTypeWrapper<Omit<DeleteUserPayload, 'errors'> & { errors: ReadonlyArray<ResolversTypes['MutationError']> }>;
  EnterpriseUser: ResolverTypeWrapper<EnterpriseUser>;
  EnterpriseUserInput: EnterpriseUserInput;
  EnterpriseUserPatch: EnterpriseUserPatch;
  EnterpriseUserWhere: EnterpriseUserWhere;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FloatFilter: FloatFilter;
  FloatListPatch: FloatListPatch;
  Group: ResolverTypeWrapper<Place>;
  GroupBy: GroupBy;
  GroupConnection: ResolverTypeWrapper<Connection>;
  GroupEdge: ResolverTypeWrapper<Edge>;
  GroupInput: GroupInput;
  GroupLinkFilter: GroupLinkFilter;
  GroupOrderBy: GroupOrderBy;
  GroupOrderField: GroupOrderField;
  GroupPatch: GroupPatch;
  GroupWhere: GroupWhere;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IDFilter: IdFilter;
  IDListPatch: IdListPatch;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Integer: ResolverTypeWrapper<Scalars['Integer']['output']>;
  IntegerFilter: IntegerFilter;
  IntegerListPatch: IntegerListPatch;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Member: ResolverTypeWrapper<Place>;
  MemberConnection: ResolverTypeWrapper<Connection>;
  MemberEdge: ResolverTypeWrapper<Edge>;
  MemberLinkFilter: MemberLinkFilter;
  MemberWhere: MemberWhere;
  MembershipCheck: ResolverTypeWrapper<MembershipCheck>;
  MembershipConnection: ResolverTypeWrapper<Connection>;
  MembershipEdge: ResolverTypeWrapper<Edge>;
  MembershipPair: MembershipPair;
  MembershipResult: ResolverTypeWrapper<MembershipResult>;
  Meta: ResolverTypeWrapper<MetaSource>;
  MetaWhere: MetaWhere;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MutationError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['MutationError']>;
  Node: ResolverTypeWrapper<Place>;
  NotFound: ResolverTypeWrapper<NotFound>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<Connection>;
  PatchGroupInput: PatchGroupInput;
  PatchGroupPayload: ResolverTypeWrapper<Omit<PatchGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, group?: Maybe<ResolversTypes['Group']> }>;
  PatchOp: PatchOp;
  PatchOperation: PatchOperation;
  PatchUserInput: PatchUserInput;
  PatchUserPayload: ResolverTypeWrapper<Omit<PatchUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, user?: Maybe<ResolversTypes['User']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Refusal: ResolverTypeWrapper<Refusal>;
  RemoveMembersInput: RemoveMembersInput;
  RemoveMembersPayload: ResolverTypeWrapper<Omit<RemoveMembersPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, group?: Maybe<ResolversTypes['Group']> }>;
  ReplaceGroupInput: ReplaceGroupInput;
  ReplaceGroupPayload: ResolverTypeWrapper<Omit<ReplaceGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, group?: Maybe<ResolversTypes['Group']> }>;
  ReplaceUserInput: ReplaceUserInput;
  ReplaceUserPayload: ResolverTypeWrapper<Omit<ReplaceUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversTypes['MutationError']>, user?: Maybe<ResolversTypes['User']> }>;
  Resource: ResolverTypeWrapper<Place>;
  ResourceChange: ResolverTypeWrapper<KnownChange>;
  ScimAttribute: ResolverTypeWrapper<AttributeSource>;
  ScimAttributeType: ScimAttributeType;
  ScimDiscovery: ResolverTypeWrapper<RegistrySource>;
  ScimMutability: ScimMutability;
  ScimOperation: ScimOperation;
  ScimResourceType: ResolverTypeWrapper<ResourceTypeSource>;
  ScimReturned: ScimReturned;
  ScimSchema: ResolverTypeWrapper<SchemaSource>;
  ScimSchemaExtension: ResolverTypeWrapper<ExtensionSource>;
  ScimUniqueness: ScimUniqueness;
  SearchHit: ResolverTypeWrapper<SearchHitSource>;
  Source: ResolverTypeWrapper<GraphqlSettings>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  StringFilter: StringFilter;
  StringListPatch: StringListPatch;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  URI: ResolverTypeWrapper<Scalars['URI']['output']>;
  URIFilter: UriFilter;
  URIListPatch: UriListPatch;
  UniquenessConflict: ResolverTypeWrapper<UniquenessConflict>;
  UnknownReference: ResolverTypeWrapper<UnknownReference>;
  User: ResolverTypeWrapper<Place>;
  UserAddress: ResolverTypeWrapper<UserAddress>;
  UserAddressInput: UserAddressInput;
  UserAddressListFilter: UserAddressListFilter;
  UserAddressListPatch: UserAddressListPatch;
  UserAddressTypeValue: UserAddressTypeValue;
  UserAddressWhere: UserAddressWhere;
  UserBy: UserBy;
  UserConnection: ResolverTypeWrapper<Connection>;
  UserEdge: ResolverTypeWrapper<Edge>;
  UserEmail: ResolverTypeWrapper<UserEmail>;
  UserEmailInput: UserEmailInput;
  UserEmailListFilter: UserEmailListFilter;
  UserEmailListPatch: UserEmailListPatch;
  UserEmailTypeValue: UserEmailTypeValue;
  UserEmailWhere: UserEmailWhere;
  UserEntitlement: ResolverTypeWrapper<UserEntitlement>;
  UserEntitlementInput: UserEntitlementInput;
  UserEntitlementListFilter: UserEntitlementListFilter;
  UserEntitlementListPatch: UserEntitlementListPatch;
  UserEntitlementWhere: UserEntitlementWhere;
  UserIm: ResolverTypeWrapper<UserIm>;
  UserImInput: UserImInput;
  UserImListFilter: UserImListFilter;
  UserImListPatch: UserImListPatch;
  UserImTypeValue: UserImTypeValue;
  UserImWhere: UserImWhere;
  UserInput: UserInput;
  UserLinkFilter: UserLinkFilter;
  UserName: ResolverTypeWrapper<UserName>;
  UserNameInput: UserNameInput;
  UserNamePatch: UserNamePatch;
  UserNameWhere: UserNameWhere;
  UserOrderBy: UserOrderBy;
  UserOrderField: UserOrderField;
  UserPatch: UserPatch;
  UserPhoneNumber: ResolverTypeWrapper<UserPhoneNumber>;
  UserPhoneNumberInput: UserPhoneNumberInput;
  UserPhoneNumberListFilter: UserPhoneNumberListFilter;
  UserPhoneNumberListPatch: UserPhoneNumberListPatch;
  UserPhoneNumberTypeValue: UserPhoneNumberTypeValue;
  UserPhoneNumberWhere: UserPhoneNumberWhere;
  UserPhoto: ResolverTypeWrapper<UserPhoto>;
  UserPhotoInput: UserPhotoInput;
  UserPhotoListFilter: UserPhotoListFilter;
  UserPhotoListPatch: UserPhotoListPatch;
  UserPhotoTypeValue: UserPhotoTypeValue;
  UserPhotoWhere: UserPhotoWhere;
  UserReportConnection: ResolverTypeWrapper<Connection>;
  UserReportEdge: ResolverTypeWrapper<Edge>;
  UserRole: ResolverTypeWrapper<UserRole>;
  UserRoleInput: UserRoleInput;
  UserRoleListFilter: UserRoleListFilter;
  UserRoleListPatch: UserRoleListPatch;
  UserRoleWhere: UserRoleWhere;
  UserWhere: UserWhere;
  UserX509Certificate: ResolverTypeWrapper<UserX509Certificate>;
  UserX509CertificateInput: UserX509CertificateInput;
  UserX509CertificateListFilter: UserX509CertificateListFilter;
  UserX509CertificateListPatch: UserX509CertificateListPatch;
  UserX509CertificateWhere: UserX509CertificateWhere;
  VersionMismatch: ResolverTypeWrapper<VersionMismatch>;
  Viewer: ResolverTypeWrapper<ViewerSource>;
  federation__FieldSet: ResolverTypeWrapper<Scalars['federation__FieldSet']['output']>;
  link__Import: ResolverTypeWrapper<Scalars['link__Import']['output']>;
  link__Purpose: Link__Purpose;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddMembersInput: AddMembersInput;
  AddMembersPayload: Omit<AddMembersPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, group?: Maybe<ResolversParentTypes['Group']> };
  Base64: Scalars['Base64']['output'];
  Base64Filter: Base64Filter;
  Base64ListPatch: Base64ListPatch;
  Boolean: Scalars['Boolean']['output'];
  BooleanFilter: BooleanFilter;
  BooleanListPatch: BooleanListPatch;
  ChangePage: KnownChangePage;
  ChangedMembers: KnownMembers;
  ChangedResource: ChangedRef;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: Omit<CreateGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, group?: Maybe<ResolversParentTypes['Group']> };
  CreateUserInput: CreateUserInput;
  CreateUserPayload: Omit<CreateUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, user?: Maybe<ResolversParentTypes['User']> };
  DateTime: Scalars['DateTime']['output'];
  DateTimeFilter: DateTimeFilter;
  DateTimeListPatch: DateTimeListPatch;
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: Omit<DeleteGroupPayload, 'errors'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']> };
  DeleteUserInput: DeleteUserInput;
  DeleteUserPayload: Omit<DeleteUserPayload, 'errors'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']> };
  EnterpriseUser: EnterpriseUser;
  EnterpriseUserInput: EnterpriseUserInput;
  EnterpriseUserPatch: EnterpriseUserPatch;
  EnterpriseUserWhere: EnterpriseUserWhere;
  Float: Scalars['Float']['output'];
  FloatFilter: FloatFilter;
  FloatListPatch: FloatListPatch;
  Group: Place;
  GroupBy: GroupBy;
  GroupConnection: Connection;
  GroupEdge: Edge;
  GroupInput: GroupInput;
  GroupLinkFilter: GroupLinkFilter;
  GroupOrderBy: GroupOrderBy;
  GroupPatch: GroupPatch;
  GroupWhere: GroupWhere;
  ID: Scalars['ID']['output'];
  IDFilter: IdFilter;
  IDListPatch: IdListPatch;
  Int: Scalars['Int']['output'];
  Integer: Scalars['Integer']['output'];
  IntegerFilter: IntegerFilter;
  IntegerListPatch: IntegerListPatch;
  InvalidInput: InvalidInput;
  JSON: Scalars['JSON']['output'];
  Member: Place;
  MemberConnection: Connection;
  MemberEdge: Edge;
  MemberLinkFilter: MemberLinkFilter;
  MemberWhere: MemberWhere;
  MembershipCheck: MembershipCheck;
  MembershipConnection: Connection;
  MembershipEdge: Edge;
  MembershipPair: MembershipPair;
  MembershipResult: MembershipResult;
  Meta: MetaSource;
  MetaWhere: MetaWhere;
  Mutation: Record<PropertyKey, never>;
  MutationError: ResolversInterfaceTypes<ResolversParentTypes>['MutationError'];
  Node: Place;
  NotFound: NotFound;
  PageInfo: Connection;
  PatchGroupInput: PatchGroupInput;
  PatchGroupPayload: Omit<PatchGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, group?: Maybe<ResolversParentTypes['Group']> };
  PatchOperation: PatchOperation;
  PatchUserInput: PatchUserInput;
  PatchUserPayload: Omit<PatchUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, user?: Maybe<ResolversParentTypes['User']> };
  Query: Record<PropertyKey, never>;
  Refusal: Refusal;
  RemoveMembersInput: RemoveMembersInput;
  RemoveMembersPayload: Omit<RemoveMembersPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, group?: Maybe<ResolversParentTypes['Group']> };
  ReplaceGroupInput: ReplaceGroupInput;
  ReplaceGroupPayload: Omit<ReplaceGroupPayload, 'errors' | 'group'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, group?: Maybe<ResolversParentTypes['Group']> };
  ReplaceUserInput: ReplaceUserInput;
  ReplaceUserPayload: Omit<ReplaceUserPayload, 'errors' | 'user'> & { errors: ReadonlyArray<ResolversParentTypes['MutationError']>, user?: Maybe<ResolversParentTypes['User']> };
  Resource: Place;
  ResourceChange: KnownChange;
  ScimAttribute: AttributeSource;
  ScimDiscovery: RegistrySource;
  ScimResourceType: ResourceTypeSource;
  ScimSchema: SchemaSource;
  ScimSchemaExtension: ExtensionSource;
  SearchHit: SearchHitSource;
  Source: GraphqlSettings;
  String: Scalars['String']['output'];
  StringFilter: StringFilter;
  StringListPatch: StringListPatch;
  Subscription: Record<PropertyKey, never>;
  URI: Scalars['URI']['output'];
  URIFilter: UriFilter;
  URIListPatch: UriListPatch;
  UniquenessConflict: UniquenessConflict;
  UnknownReference: UnknownReference;
  User: Place;
  UserAddress: UserAddress;
  UserAddressInput: UserAddressInput;
  UserAddressListFilter: UserAddressListFilter;
  UserAddressListPatch: UserAddressListPatch;
  UserAddressWhere: UserAddressWhere;
  UserBy: UserBy;
  UserConnection: Connection;
  UserEdge: Edge;
  UserEmail: UserEmail;
  UserEmailInput: UserEmailInput;
  UserEmailListFilter: UserEmailListFilter;
  UserEmailListPatch: UserEmailListPatch;
  UserEmailWhere: UserEmailWhere;
  UserEntitlement: UserEntitlement;
  UserEntitlementInput: UserEntitlementInput;
  UserEntitlementListFilter: UserEntitlementListFilter;
  UserEntitlementListPatch: UserEntitlementListPatch;
  UserEntitlementWhere: UserEntitlementWhere;
  UserIm: UserIm;
  UserImInput: UserImInput;
  UserImListFilter: UserImListFilter;
  UserImListPatch: UserImListPatch;
  UserImWhere: UserImWhere;
  UserInput: UserInput;
  UserLinkFilter: UserLinkFilter;
  UserName: UserName;
  UserNameInput: UserNameInput;
  UserNamePatch: UserNamePatch;
  UserNameWhere: UserNameWhere;
  UserOrderBy: UserOrderBy;
  UserPatch: UserPatch;
  UserPhoneNumber: UserPhoneNumber;
  UserPhoneNumberInput: UserPhoneNumberInput;
  UserPhoneNumberListFilter: UserPhoneNumberListFilter;
  UserPhoneNumberListPatch: UserPhoneNumberListPatch;
  UserPhoneNumberWhere: UserPhoneNumberWhere;
  UserPhoto: UserPhoto;
  UserPhotoInput: UserPhotoInput;
  UserPhotoListFilter: UserPhotoListFilter;
  UserPhotoListPatch: UserPhotoListPatch;
  UserPhotoWhere: UserPhotoWhere;
  UserReportConnection: Connection;
  UserReportEdge: Edge;
  UserRole: UserRole;
  UserRoleInput: UserRoleInput;
  UserRoleListFilter: UserRoleListFilter;
  UserRoleListPatch: UserRoleListPatch;
  UserRoleWhere: UserRoleWhere;
  UserWhere: UserWhere;
  UserX509Certificate: UserX509Certificate;
  UserX509CertificateInput: UserX509CertificateInput;
  UserX509CertificateListFilter: UserX509CertificateListFilter;
  UserX509CertificateListPatch: UserX509CertificateListPatch;
  UserX509CertificateWhere: UserX509CertificateWhere;
  VersionMismatch: VersionMismatch;
  Viewer: ViewerSource;
  federation__FieldSet: Scalars['federation__FieldSet']['output'];
  link__Import: Scalars['link__Import']['output'];
};

export type KeyDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
  resolvable?: Maybe<Scalars['Boolean']['input']>;
};

export type KeyDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = KeyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LinkDirectiveArgs = {
  as?: Maybe<Scalars['String']['input']>;
  for?: Maybe<Link__Purpose>;
  import?: Maybe<ReadonlyArray<Maybe<Scalars['link__Import']['input']>>>;
  url?: Maybe<Scalars['String']['input']>;
};

export type LinkDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = LinkDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ShareableDirectiveArgs = { };

export type ShareableDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ShareableDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AddMembersPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddMembersPayload'] = ResolversParentTypes['AddMembersPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export interface Base64ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Base64'], any> {
  name: 'Base64';
}

export type ChangePageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangePage'] = ResolversParentTypes['ChangePage']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['ResourceChange']>, ParentType, ContextType>;
  endCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ChangedMembersResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangedMembers'] = ResolversParentTypes['ChangedMembers']> = {
  added?: Resolver<ReadonlyArray<ResolversTypes['ChangedResource']>, ParentType, ContextType>;
  many?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  removed?: Resolver<ReadonlyArray<ResolversTypes['ChangedResource']>, ParentType, ContextType>;
};

export type ChangedResourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangedResource'] = ResolversParentTypes['ChangedResource']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateGroupPayload'] = ResolversParentTypes['CreateGroupPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type CreateUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateUserPayload'] = ResolversParentTypes['CreateUserPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteGroupPayload'] = ResolversParentTypes['DeleteGroupPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type DeleteUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteUserPayload'] = ResolversParentTypes['DeleteUserPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type EnterpriseUserResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EnterpriseUser'] = ResolversParentTypes['EnterpriseUser']> = {
  costCenter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  division?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employeeNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GroupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  created?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  etag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  extension?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<GroupExtensionArgs, 'urn'>>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMember?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<GroupHasMemberArgs, 'id' | 'transitive'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMemberOf?: Resolver<Maybe<ResolversTypes['MembershipCheck']>, ParentType, ContextType, RequireFields<GroupIsMemberOfArgs, 'groups' | 'transitive'>>;
  lastModified?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<GroupMemberCountArgs, 'transitive'>>;
  memberOf?: Resolver<Maybe<ResolversTypes['MembershipConnection']>, ParentType, ContextType, RequireFields<GroupMemberOfArgs, 'transitive'>>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<GroupMembersArgs, 'transitive'>>;
  meta?: Resolver<ResolversTypes['Meta'], ParentType, ContextType>;
  schemas?: Resolver<ReadonlyArray<ResolversTypes['URI']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export interface IntegerScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Integer'], any> {
  name: 'Integer';
}

export type InvalidInputResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  got?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MemberResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  __resolveType: TypeResolveFn<'Group' | 'User', ParentType, ContextType>;
};

export type MemberConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MemberConnection'] = ResolversParentTypes['MemberConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MemberEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Member']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MemberEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MemberEdge'] = ResolversParentTypes['MemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  direct?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
  via?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type MembershipCheckResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipCheck'] = ResolversParentTypes['MembershipCheck']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['MembershipResult']>, ParentType, ContextType>;
};

export type MembershipConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipConnection'] = ResolversParentTypes['MembershipConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MembershipEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MembershipEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipEdge'] = ResolversParentTypes['MembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  direct?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  via?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type MembershipResultResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipResult'] = ResolversParentTypes['MembershipResult']> = {
  group?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMember?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  member?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MetaResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Meta'] = ResolversParentTypes['Meta']> = {
  created?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastModified?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['URI'], ParentType, ContextType>;
  resourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addMembers?: Resolver<Maybe<ResolversTypes['AddMembersPayload']>, ParentType, ContextType, RequireFields<MutationAddMembersArgs, 'input'>>;
  createGroup?: Resolver<Maybe<ResolversTypes['CreateGroupPayload']>, ParentType, ContextType, RequireFields<MutationCreateGroupArgs, 'input'>>;
  createUser?: Resolver<Maybe<ResolversTypes['CreateUserPayload']>, ParentType, ContextType, RequireFields<MutationCreateUserArgs, 'input'>>;
  deleteGroup?: Resolver<Maybe<ResolversTypes['DeleteGroupPayload']>, ParentType, ContextType, RequireFields<MutationDeleteGroupArgs, 'input'>>;
  deleteUser?: Resolver<Maybe<ResolversTypes['DeleteUserPayload']>, ParentType, ContextType, RequireFields<MutationDeleteUserArgs, 'input'>>;
  patchGroup?: Resolver<Maybe<ResolversTypes['PatchGroupPayload']>, ParentType, ContextType, RequireFields<MutationPatchGroupArgs, 'input'>>;
  patchUser?: Resolver<Maybe<ResolversTypes['PatchUserPayload']>, ParentType, ContextType, RequireFields<MutationPatchUserArgs, 'input'>>;
  removeMembers?: Resolver<Maybe<ResolversTypes['RemoveMembersPayload']>, ParentType, ContextType, RequireFields<MutationRemoveMembersArgs, 'input'>>;
  replaceGroup?: Resolver<Maybe<ResolversTypes['ReplaceGroupPayload']>, ParentType, ContextType, RequireFields<MutationReplaceGroupArgs, 'input'>>;
  replaceUser?: Resolver<Maybe<ResolversTypes['ReplaceUserPayload']>, ParentType, ContextType, RequireFields<MutationReplaceUserArgs, 'input'>>;
};

export type MutationErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MutationError'] = ResolversParentTypes['MutationError']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'Refusal' | 'UniquenessConflict' | 'UnknownReference' | 'VersionMismatch', ParentType, ContextType>;
};

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Group' | 'User', ParentType, ContextType>;
};

export type NotFoundResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PatchGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PatchGroupPayload'] = ResolversParentTypes['PatchGroupPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type PatchUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PatchUserPayload'] = ResolversParentTypes['PatchUserPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  changes?: Resolver<Maybe<ResolversTypes['ChangePage']>, ParentType, ContextType, RequireFields<QueryChangesArgs, 'first'>>;
  checkMembership?: Resolver<Maybe<ResolversTypes['MembershipCheck']>, ParentType, ContextType, RequireFields<QueryCheckMembershipArgs, 'consistency' | 'pairs' | 'transitive'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'by' | 'consistency'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'consistency'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'consistency' | 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'consistency' | 'ids'>>;
  schema?: Resolver<Maybe<ResolversTypes['ScimDiscovery']>, ParentType, ContextType>;
  search?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SearchHit']>>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'consistency' | 'first' | 'text'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'by' | 'consistency'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'consistency'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType, RequireFields<QueryViewerArgs, 'consistency'>>;
};

export type RefusalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemoveMembersPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemoveMembersPayload'] = ResolversParentTypes['RemoveMembersPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type ReplaceGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReplaceGroupPayload'] = ResolversParentTypes['ReplaceGroupPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type ReplaceUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReplaceUserPayload'] = ResolversParentTypes['ReplaceUserPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MutationError']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type ResourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Resource'] = ResolversParentTypes['Resource']> = {
  __resolveType: TypeResolveFn<'Group' | 'User', ParentType, ContextType>;
};

export type ResourceChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResourceChange'] = ResolversParentTypes['ResourceChange']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  affected?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ChangedResource']>>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['ChangedMembers']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<Maybe<ResolversTypes['Resource']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ScimAttributeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScimAttribute'] = ResolversParentTypes['ScimAttribute']> = {
  canonicalValues?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  caseExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  multiValued?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mutability?: Resolver<ResolversTypes['ScimMutability'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  referenceTypes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['ScimReturned'], ParentType, ContextType>;
  subAttributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ScimAttribute']>>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ScimAttributeType'], ParentType, ContextType>;
  uniqueness?: Resolver<ResolversTypes['ScimUniqueness'], ParentType, ContextType>;
};

export type ScimDiscoveryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScimDiscovery'] = ResolversParentTypes['ScimDiscovery']> = {
  resourceTypes?: Resolver<ReadonlyArray<ResolversTypes['ScimResourceType']>, ParentType, ContextType>;
  schemas?: Resolver<ReadonlyArray<ResolversTypes['ScimSchema']>, ParentType, ContextType>;
};

export type ScimResourceTypeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScimResourceType'] = ResolversParentTypes['ScimResourceType']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endpoint?: Resolver<ResolversTypes['URI'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operations?: Resolver<ReadonlyArray<ResolversTypes['ScimOperation']>, ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['URI'], ParentType, ContextType>;
  schemaExtensions?: Resolver<ReadonlyArray<ResolversTypes['ScimSchemaExtension']>, ParentType, ContextType>;
};

export type ScimSchemaResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScimSchema'] = ResolversParentTypes['ScimSchema']> = {
  attributes?: Resolver<ReadonlyArray<ResolversTypes['ScimAttribute']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['URI'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ScimSchemaExtensionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScimSchemaExtension'] = ResolversParentTypes['ScimSchemaExtension']> = {
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['URI'], ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Resource'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  backend?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  resourceChanged?: SubscriptionResolver<ResolversTypes['ResourceChange'], "resourceChanged", ParentType, ContextType, Partial<SubscriptionResourceChangedArgs>>;
};

export interface UriScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URI'], any> {
  name: 'URI';
}

export type UniquenessConflictResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UniquenessConflict'] = ResolversParentTypes['UniquenessConflict']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownReferenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UnknownReference'] = ResolversParentTypes['UnknownReference']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  active?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  addresses?: Resolver<ReadonlyArray<ResolversTypes['UserAddress']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  directReports?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserDirectReportsArgs>>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emails?: Resolver<ReadonlyArray<ResolversTypes['UserEmail']>, ParentType, ContextType>;
  enterprise?: Resolver<Maybe<ResolversTypes['EnterpriseUser']>, ParentType, ContextType>;
  entitlements?: Resolver<ReadonlyArray<ResolversTypes['UserEntitlement']>, ParentType, ContextType>;
  etag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  extension?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<UserExtensionArgs, 'urn'>>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ims?: Resolver<ReadonlyArray<ResolversTypes['UserIm']>, ParentType, ContextType>;
  isMemberOf?: Resolver<Maybe<ResolversTypes['MembershipCheck']>, ParentType, ContextType, RequireFields<UserIsMemberOfArgs, 'groups' | 'transitive'>>;
  lastModified?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manager?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  managerChain?: Resolver<Maybe<ReadonlyArray<ResolversTypes['User']>>, ParentType, ContextType, RequireFields<UserManagerChainArgs, 'first'>>;
  memberOf?: Resolver<Maybe<ResolversTypes['MembershipConnection']>, ParentType, ContextType, RequireFields<UserMemberOfArgs, 'transitive'>>;
  meta?: Resolver<ResolversTypes['Meta'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['UserName']>, ParentType, ContextType>;
  nickName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phoneNumbers?: Resolver<ReadonlyArray<ResolversTypes['UserPhoneNumber']>, ParentType, ContextType>;
  photos?: Resolver<ReadonlyArray<ResolversTypes['UserPhoto']>, ParentType, ContextType>;
  preferredLanguage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  profileUrl?: Resolver<Maybe<ResolversTypes['URI']>, ParentType, ContextType>;
  reports?: Resolver<Maybe<ResolversTypes['UserReportConnection']>, ParentType, ContextType, Partial<UserReportsArgs>>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['UserRole']>, ParentType, ContextType>;
  schemas?: Resolver<ReadonlyArray<ResolversTypes['URI']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  timezone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  userType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  x509Certificates?: Resolver<ReadonlyArray<ResolversTypes['UserX509Certificate']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserAddressResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserAddress'] = ResolversParentTypes['UserAddress']> = {
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  formatted?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  locality?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  streetAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeValue?: Resolver<Maybe<ResolversTypes['UserAddressTypeValue']>, ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserEmailResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserEmail'] = ResolversParentTypes['UserEmail']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeValue?: Resolver<Maybe<ResolversTypes['UserEmailTypeValue']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserEntitlementResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserEntitlement'] = ResolversParentTypes['UserEntitlement']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserImResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserIm'] = ResolversParentTypes['UserIm']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeValue?: Resolver<Maybe<ResolversTypes['UserImTypeValue']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserNameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserName'] = ResolversParentTypes['UserName']> = {
  familyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  formatted?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  honorificPrefix?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  honorificSuffix?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  middleName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserPhoneNumberResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserPhoneNumber'] = ResolversParentTypes['UserPhoneNumber']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeValue?: Resolver<Maybe<ResolversTypes['UserPhoneNumberTypeValue']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserPhotoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserPhoto'] = ResolversParentTypes['UserPhoto']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeValue?: Resolver<Maybe<ResolversTypes['UserPhotoTypeValue']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['URI']>, ParentType, ContextType>;
};

export type UserReportConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserReportConnection'] = ResolversParentTypes['UserReportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserReportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserReportEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserReportEdge'] = ResolversParentTypes['UserReportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserRoleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserRole'] = ResolversParentTypes['UserRole']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserX509CertificateResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserX509Certificate'] = ResolversParentTypes['UserX509Certificate']> = {
  display?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Base64']>, ParentType, ContextType>;
};

export type VersionMismatchResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VersionMismatch'] = ResolversParentTypes['VersionMismatch']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export interface Federation__FieldSetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__FieldSet'], any> {
  name: 'federation__FieldSet';
}

export interface Link__ImportScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['link__Import'], any> {
  name: 'link__Import';
}

export type Resolvers<ContextType = GraphqlContext> = {
  AddMembersPayload?: AddMembersPayloadResolvers<ContextType>;
  Base64?: GraphQLScalarType;
  ChangePage?: ChangePageResolvers<ContextType>;
  ChangedMembers?: ChangedMembersResolvers<ContextType>;
  ChangedResource?: ChangedResourceResolvers<ContextType>;
  CreateGroupPayload?: CreateGroupPayloadResolvers<ContextType>;
  CreateUserPayload?: CreateUserPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteGroupPayload?: DeleteGroupPayloadResolvers<ContextType>;
  DeleteUserPayload?: DeleteUserPayloadResolvers<ContextType>;
  EnterpriseUser?: EnterpriseUserResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  Integer?: GraphQLScalarType;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Member?: MemberResolvers<ContextType>;
  MemberConnection?: MemberConnectionResolvers<ContextType>;
  MemberEdge?: MemberEdgeResolvers<ContextType>;
  MembershipCheck?: MembershipCheckResolvers<ContextType>;
  MembershipConnection?: MembershipConnectionResolvers<ContextType>;
  MembershipEdge?: MembershipEdgeResolvers<ContextType>;
  MembershipResult?: MembershipResultResolvers<ContextType>;
  Meta?: MetaResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MutationError?: MutationErrorResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PatchGroupPayload?: PatchGroupPayloadResolvers<ContextType>;
  PatchUserPayload?: PatchUserPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  RemoveMembersPayload?: RemoveMembersPayloadResolvers<ContextType>;
  ReplaceGroupPayload?: ReplaceGroupPayloadResolvers<ContextType>;
  ReplaceUserPayload?: ReplaceUserPayloadResolvers<ContextType>;
  Resource?: ResourceResolvers<ContextType>;
  ResourceChange?: ResourceChangeResolvers<ContextType>;
  ScimAttribute?: ScimAttributeResolvers<ContextType>;
  ScimDiscovery?: ScimDiscoveryResolvers<ContextType>;
  ScimResourceType?: ScimResourceTypeResolvers<ContextType>;
  ScimSchema?: ScimSchemaResolvers<ContextType>;
  ScimSchemaExtension?: ScimSchemaExtensionResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  URI?: GraphQLScalarType;
  UniquenessConflict?: UniquenessConflictResolvers<ContextType>;
  UnknownReference?: UnknownReferenceResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserAddress?: UserAddressResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserEmail?: UserEmailResolvers<ContextType>;
  UserEntitlement?: UserEntitlementResolvers<ContextType>;
  UserIm?: UserImResolvers<ContextType>;
  UserName?: UserNameResolvers<ContextType>;
  UserPhoneNumber?: UserPhoneNumberResolvers<ContextType>;
  UserPhoto?: UserPhotoResolvers<ContextType>;
  UserReportConnection?: UserReportConnectionResolvers<ContextType>;
  UserReportEdge?: UserReportEdgeResolvers<ContextType>;
  UserRole?: UserRoleResolvers<ContextType>;
  UserX509Certificate?: UserX509CertificateResolvers<ContextType>;
  VersionMismatch?: VersionMismatchResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  federation__FieldSet?: GraphQLScalarType;
  link__Import?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = GraphqlContext> = {
  key?: KeyDirectiveResolver<any, any, ContextType>;
  link?: LinkDirectiveResolver<any, any, ContextType>;
  shareable?: ShareableDirectiveResolver<any, any, ContextType>;
};
