import type { Leniency } from '#core/leniency.ts';

/**
 * The switches of a tenant that concern the protocol alone; what it tolerates in bodies is `core/leniency.ts`, and which profile has
 * which is `config/profiles.ts`.
 */
export interface Profile {
  /** The answer to a PATCH that asks for no `attributes`; both are allowed by RFC 7644 §3.5.2. */
  readonly groupPatchAnswer: 200 | 204;
  readonly userPatchAnswer: 200 | 204;
  /** A filter's attribute that the resource type lacks: 400 invalidFilter, or one without a value, as in a search over all types. */
  readonly unknownFilterAttributes: 'refuse' | 'absent';
  /** As in bodies, so in filters. */
  readonly booleanStrings: Leniency['booleanStrings'];
  readonly unqualifiedNames: Leniency['unqualifiedNames'];
  /** A word without quotes as text in a filter: `externalId eq jyoung` (Entra's documentation, Ping). */
  readonly barewordLiterals: 'accept' | 'refuse';
  /** A PATCH body without the PatchOp schema (transcripts/okta/push-now-empty.json). */
  readonly missingMessageSchema: 'accept' | 'refuse';
  /** `Add` for `add` (transcripts/entra/add-members.json). */
  readonly capitalOperations: 'accept' | 'refuse';
  /** `Operations: []` (Entra's validator): nothing to do, or 400 invalidSyntax as RFC 7644 §3.5.2 has it. */
  readonly emptyOperations: 'accept' | 'refuse';
}
