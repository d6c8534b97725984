import type { Config, TenantConfig, TokenConfig } from '#config/config.ts';
import type { ProfileName } from '#config/profiles.ts';
import type { Scope } from '#model/principal.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** What a client that provisions needs. */
export const SCIM_SCOPES: readonly Scope[] = ['scim:read', 'scim:write'];

/** One tenant as an identity provider is to reach it. */
export interface Connection {
  readonly baseUrl: string;
  /** What stands in the way of `baseUrl`, or has to be put in by hand. */
  readonly warning?: string;
  /** Tokens that open the tenant for reading and writing; what they are is stored nowhere. */
  readonly tokens: readonly TokenConfig[];
}

/** The URL is the short one where there is one tenant only: a credential leads to it in any case. */
export function connectionOf({ server, tenants, tokens }: Config, tenant: TenantConfig): Connection {
  const path = tenants.size === 1 ? '/scim/v2' : `/tenants/${tenant.name}/scim/v2`;
  return {
    ...reach(server, path),
    tokens: tokens.filter(
      ({ tenant: opens, scopes }) => opens === tenant.name && SCIM_SCOPES.every((scope) => scopes.includes(scope)),
    ),
  };
}

function reach({ publicUrl, trustedProxies, host, port }: Config['server'], path: string) {
  if (publicUrl?.startsWith('https:')) return { baseUrl: `${publicUrl}${path}` };
  if (publicUrl !== undefined) {
    return { baseUrl: `${publicUrl}${path}`, warning: 'Identity providers ask for https: server.publicUrl is http.' };
  }
  if (trustedProxies.length > 0) {
    return {
      baseUrl: `https://<your host>${path}`,
      warning: 'Put in the host that your proxy serves, or set server.publicUrl.',
    };
  }
  return {
    baseUrl: `http://${host.includes(':') ? `[${host}]` : host}:${port === 0 ? '<port>' : port}${path}`,
    warning: 'An identity provider in the cloud does not reach this address: set server.publicUrl to an https one.',
  };
}

/** What the profile in force means for an identity provider, and which to choose. */
export function adviseProfile(provider: IdentityProvider, tenant: TenantConfig): string {
  const { title, profile: made } = provider;
  const inForce = tenant.profile;
  if (inForce === made && made !== 'default') return `${inForce}, which is made for ${title}.`;
  if (inForce === 'default') {
    if (made === 'default') return `default, which is the one for ${title}.`;
    return `default, which takes most of what any identity provider sends; ${made} is made for ${title}.`;
  }
  return `${inForce}, which ${verdict(inForce)} ${title} sends: set tenants.${tenant.name}.profile to ${choices(made)}.`;
}

function verdict(inForce: ProfileName): string {
  return inForce === 'rfc' || inForce === 'strict'
    ? 'refuses some of what'
    : 'is made for another, and may refuse what';
}

function choices(made: ProfileName): string {
  return made === 'default' ? 'default' : `default or ${made}`;
}
