import type { TenantConfig, TokenConfig } from '#config/config.ts';
import { adviseProfile, type Connection, SCIM_SCOPES } from './connection.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** What to type into an identity provider, for the tenant at hand. Holds no secret: a token is shown by `portico token new` alone. */
export function printConnection(provider: IdentityProvider, tenant: TenantConfig, connection: Connection): string {
  const { name, title, pages, template, test } = provider;
  return [
    `${title} for the tenant ${tenant.name}`,
    ...(connection.warning === undefined ? [] : ['', connection.warning]),
    ...pages.flatMap(({ where, fields }) => ['', where, ...fields.map((field) => fieldLine(field, connection))]),
    ...(template === undefined ? [] : ['', `${template.field}:`, template.text]),
    '',
    'The token, shown once, with the lines for the configuration:',
    `  npx portico token new --tenant ${tenant.name} --name ${name} --scopes ${SCIM_SCOPES.join(',')}`,
    tokensLine(connection.tokens, new Date()),
    '',
    `Profile: ${adviseProfile(provider, tenant)}`,
    ...sensitiveLine(provider, tenant),
    `Test: ${test}`,
    `More: docs/guides/${name}.md`,
    '',
  ].join('\n');
}

function fieldLine({ label, value }: { label: string; value: string }, { baseUrl }: Connection): string {
  const said = value.replaceAll('`', '').replace('<base URL>', baseUrl).replace('<token>', 'the token, see below');
  return `  ${label}: ${said}`;
}

/** They look users and groups up by GET, and one that they cannot find they do not create either. */
function sensitiveLine({ title }: IdentityProvider, { name, sensitiveFilters }: TenantConfig): readonly string[] {
  if (sensitiveFilters.length === 0) return [];
  const key = `tenants.${name}.sensitiveFilters`;
  return [`Filters in URLs: refused by ${sensitiveFilters.join(', ')}; leave out of ${key} what ${title} matches by.`];
}

function tokensLine(tokens: readonly TokenConfig[], now: Date): string {
  if (tokens.length === 0) return 'No token of the configuration opens this tenant for reading and writing yet.';
  const names = tokens.map(({ name, expires }) => {
    if (expires === undefined) return name;
    return `${name} (${expires <= now ? 'expired on' : 'until'} ${expires.toISOString()})`;
  });
  return `Tokens of the configuration that open it: ${names.join(', ')}.`;
}
