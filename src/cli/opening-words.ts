import { isLoopback } from '#config/check-meaning.ts';
import type { Config } from '#config/config.ts';
import { VERSION } from '#config/version.ts';
import type { Started } from '#src/compose.ts';

const QUERY = '{ users(first: 2) { nodes { userName memberOf(first: 5) { nodes { displayName } } } } }';

/** What whoever starts Portico needs to know: where it is, what opens it, what it forgets, and two lines to try. */
export function openingWords(
  config: Config,
  { url, listening, adminUrl }: Pick<Started, 'url' | 'listening' | 'adminUrl'>,
): string {
  const { server, development } = config;
  const token = development?.token ?? '$TOKEN';
  const forgetful = [...config.backends.values()].filter(({ adapter }) => adapter === 'memory').map(({ name }) => name);
  const reachable = development !== undefined && !isLoopback(server.host);
  return [
    `Portico ${VERSION} serves at ${url}`,
    ...(url === listening ? [] : [`and listens on ${listening}, where a proxy has to lead`]),
    '',
    `  SCIM      ${url}/scim/v2`,
    `  GraphQL   ${url}/graphql`,
    `  health    ${adminUrl ?? url}/readyz`,
    ...(development ? [`  token     ${token}`] : []),
    '',
    ...forgetful.map((name) => `The backend "${name}" keeps everything in memory: it is forgotten when Portico ends.`),
    ...(reachable
      ? [`Others can reach ${server.host}, and the token crosses the network in the clear: for trying out only.`]
      : []),
    '',
    'To try:',
    `  curl -H "Authorization: Bearer ${token}" '${url}/scim/v2/Users?count=2'`,
    `  curl -H "Authorization: Bearer ${token}" -H 'Content-Type: application/json' ${url}/graphql \\`,
    `    -d '${JSON.stringify({ query: QUERY })}'`,
    '',
    '',
  ].join('\n');
}
