/**
 * What a tenant's profile tolerates where the RFC and real identity providers part. Each switch is honoured in one place,
 * and `config/profiles.ts` says which profile has which; shapes that can be rewritten without looking at a schema or a resource are
 * the SCIM face's own (`src/scim/idp-quirks.ts`).
 */
export interface Leniency {
  /** A body's attribute that no schema knows: RFC 7643 allows both. A PATCH path that names nothing is refused in any case. */
  readonly unknownAttributes: 'ignore' | 'refuse';
  /** A schema URI that the resource type does not declare (transcripts/entra/create-group.json). */
  readonly unknownSchemas: 'ignore' | 'refuse';
  /** A body without `schemas`, which RFC 7643 §3 requires. */
  readonly missingSchemas: 'accept' | 'refuse';
  /** Two values with `primary: true` in a POST or PUT (transcripts/ping/create-user-with-two-primaries.json): the first counts, or 400. */
  readonly secondPrimary: 'clear' | 'refuse';
  /**
   * `replace` or `add` on `emails[type eq "work"].value` where none exists: create it from the filter's `eq` terms
   * (transcripts/entra/add-missing-values.json), or 400 noTarget.
   */
  readonly missingTarget: 'create' | 'refuse';
  /**
   * "True" and "false" for a boolean, in any case, in bodies (transcripts/entra/disable-user.json) and in filters
   * (transcripts/entra/assign-app-role.json).
   */
  readonly booleanStrings: 'coerce' | 'refuse';
  /**
   * `""` for an optional attribute: no value (transcripts/entra/clear-values.json, transcripts/okta/empty-an-attribute.json), or the
   * empty string.
   */
  readonly emptyStrings: 'clear' | 'keep';
  /** Data of an extension whose URN `schemas` does not name (transcripts/entra-aadoptscim062020/create-user.json). */
  readonly undeclaredExtensions: 'accept' | 'refuse';
  /** An extension's attribute without its URN, in a body, a PATCH or a filter (transcripts/entra/check-manager.json). */
  readonly unqualifiedNames: 'find' | 'refuse';
  /** A PATCH operation without `path` (transcripts/okta/rename-group.json), which the interoperability profile forbids. */
  readonly pathlessPatch: 'accept' | 'refuse';
  /** `name.givenName` and `urn:...:User:department` as names within a path-less value (transcripts/entra-aadoptscim062020/update-user.json). */
  readonly keysAsPaths: 'expand' | 'refuse';
  /** What `remove` with a value takes away: what is listed (transcripts/entra/remove-member.json), where RFC 7644 §3.5.2.2 has no value. */
  readonly valueOfRemove: 'select' | 'refuse';
  /** `replace` of `members` with a single one, once per user (transcripts/entra-variants/replace-members-one-by-one.json). */
  readonly replaceByOneMember: 'replace' | 'add';
  /** A country by its name in an address (transcripts/entra-default-mapping); RFC 7643 §4.1.2 has codes of two letters. */
  readonly countryNames: 'accept' | 'refuse';
  /** `id`, `schemas` and read-only attributes but `meta` inside a path-less PATCH value (Okta, authentik); with a path they are always refused. */
  readonly readOnlyInPatchValue: 'ignore' | 'refuse';
  /** What a userName may be made of: letters, digits and ASCII in one direction (RFC 8265 §3.3), or spaces and symbols too. */
  readonly userNameCharacters: 'freeform' | 'identifier';
  /** An `emails.value` that is no address of RFC 5321: stored with a line in the log, or 400. */
  readonly malformedEmails: 'accept' | 'refuse';
  /**
   * Values that RFC 7643 §4.1.2 gives a canonical form (the domain of an e-mail in lower case, an instant-messaging address without
   * spaces): kept as they were sent, which Entra's documentation asks for, or written in that form. Comparisons know no difference.
   */
  readonly canonicalForms: 'keep' | 'write';
  /** A bare string, or an array of one, for a complex attribute: `manager: "271"` means `{ value: "271" }` (transcripts/entra/assign-manager.json). */
  readonly bareComplexValues: 'wrap' | 'refuse';
  /** `displayName` within one of several values, which every schema calls `display`: taken for it, or unknown (Entra's roles). */
  readonly displayNameOfValues: 'display' | 'unknown';
}
