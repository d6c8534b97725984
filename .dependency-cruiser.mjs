/** Who may import whom (ARCHITECTURE.md): every rule says what a layer may reach, so that a new folder is closed until it is named. */

const OURS = '^(src|adapters|schema|test|bench|scripts)/';

/** Files at `from` reach, of this repository, nothing but `allowed`; `$1` is what the first group of `from` matched. */
const layer = (name, comment, from, ...allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: allowed },
});

/** The library is imported at `where` alone. */
const only = (library, comment, where) => ({
  name: `${library}-in-its-place`,
  comment,
  severity: 'error',
  from: { path: '^(src|adapters)/', pathNot: where },
  to: { path: `(^|/)node_modules/${library}/` },
});

const MODEL = '^src/model/';
const CONTRACT = '^adapters/adapter\\.ts$';

export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment:
        'Two files that need each other to run are one idea, or a third file is missing. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere would slip past the rules below.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    layer('model-is-a-leaf', 'The vocabulary knows no one.', '^src/model/', MODEL),
    layer('contract-speaks-model', 'The adapter contract is written in model terms only.', CONTRACT, MODEL),
    layer(
      'registry-knows-adapters',
      'The registry maps names to adapters, and is the only file but compose that knows them.',
      '^adapters/registry\\.ts$',
      MODEL,
      '^adapters/',
    ),
    layer(
      'adapters-stand-alone',
      'A backend sees the contract and the model, never another backend.',
      '^adapters/([^/]+)/',
      MODEL,
      CONTRACT,
      '^adapters/$1/',
    ),
    layer(
      'decorators-wrap-the-contract',
      'Cache and telemetry wrap the contract; they hold no directory rules.',
      '^src/(cache|telemetry)/',
      MODEL,
      CONTRACT,
      '^src/$1/',
    ),
    layer(
      'core-knows-the-contract-only',
      'Directory rules reach backends through the contract.',
      '^src/core/',
      MODEL,
      CONTRACT,
      '^src/core/',
      '^schema/scim/',
    ),
    layer(
      'faces-stand-alone',
      'SCIM, GraphQL and MCP translate to core and never borrow from each other.',
      '^src/(scim|graphql|mcp)/',
      MODEL,
      '^src/core/',
      '^src/$1/',
    ),
    layer(
      'administration-translates-to-core',
      'Administrative endpoints hold no rules of their own, and borrow from no face.',
      '^src/admin/',
      MODEL,
      '^src/core/',
      '^src/admin/',
    ),
    layer(
      'edge-is-protocol-free',
      'The edge turns a socket into a Call; faces are passed in as handlers.',
      '^src/http/',
      MODEL,
      '^src/http/',
    ),
    layer(
      'config-knows-no-part',
      'Configuration is data; what it configures is wired by compose.',
      '^src/config/',
      MODEL,
      '^src/config/',
    ),
    layer(
      'demo-is-a-client',
      'Invented people go in through what any client uses.',
      '^src/demo/',
      MODEL,
      '^src/core/',
      '^src/demo/',
    ),
    layer(
      'sources-know-no-test',
      'What ships does not need what tests it.',
      '^(src|adapters)/',
      '^(src|adapters|schema)/',
    ),
    layer(
      'folders-have-a-rule',
      'A new folder gets its row in ARCHITECTURE.md and its rule here before it reaches anything.',
      '^src/(?!(model|cache|telemetry|core|scim|graphql|mcp|admin|http|config|demo|cli)/|(compose|load-schemas|load-trusted-documents|open-backends|open-cache|open-tenants|check-abilities|inspect-tenants|main)\\.ts$)',
    ),
    {
      name: 'compose-is-started',
      comment: 'The wiring diagram knows every part; no part knows it.',
      severity: 'error',
      from: { path: '^(src|adapters)/', pathNot: '^src/(cli/|main\\.ts$)' },
      to: { path: '^src/(cli/|(compose|main)\\.ts$)' },
    },
    only('express', 'Core and adapters know no web framework.', '^src/(http|scim|graphql|mcp|admin)/'),
    only('graphql', 'GraphQL is one face.', '^src/graphql/'),
    only('pino', 'Logs are written by telemetry; others are handed a logger.', '^src/telemetry/'),
    only('prom-client', 'Metrics are counted by telemetry; others are handed a function.', '^src/telemetry/'),
    only('yaml', 'Configuration is read in one place, and printed by the command line.', '^src/(config|cli)/'),
    only('ldapts', 'LDAP is one backend.', '^adapters/ldap/'),
    only('ioredis', 'One place connects to Redis; others are handed its connection.', '^adapters/redis/connection/'),
    only('opossum', 'A backend decides for itself when it is asked again; the cache has one to go to.', '^src/cache/'),
    only('dataloader', 'Batching is a rule of core.', '^src/core/'),
  ],
  options: {
    // TypeScript 7 has no API for dependency-cruiser (18). swc's parser sees type-only imports too, but neither `using` nor import('…') as a type.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
    },
  },
};
