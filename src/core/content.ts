import type { MemberChange } from '#adapters/adapter.ts';
import type { Attributes, Links } from '#model/resource.ts';

/** What a body or a PATCH asks a resource to hold, checked against the schema and in canonical spelling; no nulls and no empty arrays. */
export interface Content {
  readonly attributes: Attributes;
  readonly links: Links;
  /** Absent where membership was not mentioned. */
  readonly members?: MemberChange;
  /** Clear text, on its way to be hashed; `null` clears; absent leaves what is stored. */
  readonly password?: string | null;
}
