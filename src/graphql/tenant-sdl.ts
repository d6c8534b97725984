import { type GraphQLSchema, printSchema } from 'graphql';
import { openKeptNaming } from './fields/kept-naming.ts';
import type { GraphqlTenant } from './graphql-face.ts';
import { openSchema } from './schema.ts';

/**
 * The SDL that a tenant's clients get, all of whose names are kept from then on.
 * @throws {DirectoryError} UNAVAILABLE where names could not be read or kept
 */
export async function tenantSdl({ registry, names, settings }: GraphqlTenant): Promise<string> {
  return schemaToSdl(openSchema(registry, await openKeptNaming(registry, names), settings));
}

/** Says what introspection says. */
export function schemaToSdl(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}
