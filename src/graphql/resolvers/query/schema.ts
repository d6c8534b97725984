import { GraphQLError } from 'graphql';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { GraphqlContext } from '../../context.ts';
import { mayReadSchema, SCHEMA_IS_HIDDEN } from '../../schema-readers.ts';
import type { Args } from './root-field.ts';

/** @throws {GraphQLError} INTROSPECTION_DISABLED as introspection */
export async function resolveSchema(
  _args: Args,
  { session, settings, principal }: GraphqlContext,
): Promise<SchemaRegistry> {
  if (mayReadSchema(settings, principal)) return session.registry;
  throw new GraphQLError(SCHEMA_IS_HIDDEN, { extensions: { code: 'INTROSPECTION_DISABLED' } });
}
