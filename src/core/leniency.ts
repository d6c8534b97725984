/**
 * What a tenant's profile tolerates where the RFC and real identity providers part. Each switch is honoured in one place,
 * and `config/profiles.ts` says which profile has which; shapes that can be rewritten without looking at a schema or a resource are
 * the SCIM face's own (`src/scim/idp-quirks.ts`).
 */
export interface Leniency {
  /** A body's attribute that no schema knows: RFC 7643 allows both. A PATCH path that names nothing is refused in any case. */
  readonly unknownAttributes: 'ignore' | 'refuse';
  /** A schema URI that the resource type does not declare (transcripts/entra: `http://schemas.microsoft.com/...`). */
  readonly unknownSchemas: 'ignore' | 'refuse';
  /** A body without `schemas`, which RFC 7643 §3 requires. */
  readonly missingSchemas: 'accept' | 'refuse';
  /** Two values with `primary: true` in a POST or PUT (Ping): the first one counts, or 400. */
  readonly secondPrimary: 'clear' | 'refuse';
  /** `replace` or `add` on `emails[type eq "work"].value` where none exists: create it from the filter's `eq` terms, or 400 noTarget. */
  readonly missingTarget: 'create' | 'refuse';
  /** "True" and "false" for a boolean, in any case. */
  readonly booleanStrings: 'coerce' | 'refuse';
  /** `""` for an optional attribute: no value (Entra, Okta), or the empty string. */
  readonly emptyStrings: 'clear' | 'keep';
  /** `id`, `meta`, `schemas` and read-only attributes inside a path-less PATCH value (Okta, authentik); with a path they are always refused. */
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
  /** A bare string for a complex attribute: `manager: "271"` means `{ value: "271" }` (Entra). */
  readonly bareComplexValues: 'wrap' | 'refuse';
}
