import { entra } from './entra.ts';
import { google } from './google.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { jumpcloud } from './jumpcloud.ts';
import { okta } from './okta.ts';
import { onelogin } from './onelogin.ts';
import { ping } from './ping.ts';
import { sailpoint } from './sailpoint.ts';

/** Those with a guide, by the name that the command line has for them. */
export const IDENTITY_PROVIDERS: ReadonlyMap<string, IdentityProvider> = new Map(
  [entra, okta, onelogin, ping, jumpcloud, google, sailpoint].map((provider) => [provider.name, provider]),
);
