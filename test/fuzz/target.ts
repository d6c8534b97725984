import type fc from 'fast-check';

/** One request of a campaign; `{user}` and `{group}` in a path or a text stand for the ids of what the campaign made. */
export interface FuzzRequest {
  readonly method: string;
  /** Below the SCIM base, percent-encoded. */
  readonly path: string;
  readonly body?: string | Buffer;
  /** Beside those that a client sends by itself, or in their place. */
  readonly headers?: { readonly [name: string]: string };
}

/** A part of the surface with requests that no client would send, and those near them that one would. */
export type Target = fc.Arbitrary<FuzzRequest>;
