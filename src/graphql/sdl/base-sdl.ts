import { readdirSync, readFileSync } from 'node:fs';
import { type DocumentNode, Kind, parse, print } from 'graphql';

/** The part that no registry changes, written by hand, a file for each noun. */
const FOLDER = new URL('../../../schema/graphql/base/', import.meta.url);

const FILES: ReadonlyMap<string, string> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]),
);

export interface BaseSdl {
  readonly sdl: string;
  readonly document: DocumentNode;
}

export const BASE: BaseSdl = baseOf([...FILES.values()]);

/** For a tenant that nobody changes over GraphQL. */
export const BASE_WITHOUT_MUTATIONS: BaseSdl = baseOf(
  [...FILES].map(([name, sdl]) => (name === 'mutation.graphql' ? '' : sdl)),
);

function baseOf(files: readonly string[]): BaseSdl {
  const sdl = files.join('\n');
  return { sdl, document: parse(sdl, { noLocation: true }) };
}

const BUILT_IN = ['Query', 'Mutation', 'Subscription', 'ID', 'String', 'Int', 'Float', 'Boolean'];

/** Types of the base and of GraphQL itself, which no resource type or attribute may take. */
export const BASE_TYPES: readonly string[] = [
  ...BUILT_IN,
  ...BASE.document.definitions.flatMap((definition) =>
    'name' in definition && definition.name !== undefined && definition.kind !== Kind.DIRECTIVE_DEFINITION
      ? [definition.name.value]
      : [],
  ),
];

/** Fields of Query that the base declares, which no resource type may take. */
export const BASE_QUERIES: readonly string[] = BASE.document.definitions.flatMap((definition) =>
  (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
  definition.name.value === 'Query'
    ? (definition.fields ?? []).map(({ name }) => name.value)
    : [],
);

/** The fields of the interface Resource, by name, as every resource type and interface repeats them. */
export const RESOURCE_FIELDS: ReadonlyMap<string, string> = new Map(
  BASE.document.definitions.flatMap((definition) =>
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION && definition.name.value === 'Resource'
      ? (definition.fields ?? []).map((field) => [field.name.value, print(field)] as const)
      : [],
  ),
);

/** Those of them that are attributes of SCIM, and so come from the registry. */
const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(['id', 'externalId', 'schemas', 'meta']);

/** Those of them that no attribute stands behind. */
export const COMPUTED_FIELDS: ReadonlyMap<string, string> = new Map(
  [...RESOURCE_FIELDS].filter(([name]) => !COMMON_ATTRIBUTES.has(name)),
);
