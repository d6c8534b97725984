import type { ProfileName } from '#config/profiles.ts';

/**
 * What an administrator types into one identity provider. docs/guides/<name>.md has the same, with the reasons. In a value,
 * `<base URL>` and `<token>` stand for the tenant's own; backticks enclose what is typed as it stands.
 */
export interface IdentityProvider {
  readonly name: string;
  readonly title: string;
  /** In the order in which they are filled in. */
  readonly pages: readonly Page[];
  /** The profile that is made for it; `default` where there is none. */
  readonly profile: ProfileName;
  /** A text that one of the fields takes, too long for a table. */
  readonly template?: { readonly field: string; readonly text: string };
  /** How the connection is tested, and what Portico's log shows then. */
  readonly test: string;
}

interface Page {
  /** The way to it through the console. */
  readonly where: string;
  /** As the console calls it; in small letters where releases call it differently. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}
