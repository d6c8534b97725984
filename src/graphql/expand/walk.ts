import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from '../context.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import type { KnownResource, Place } from './place.ts';

/** What is the same at every place of one answer. */
export interface Walk {
  readonly info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;
  readonly context: GraphqlContext;
  readonly fields: FieldMap;
  /** By resource type name. */
  readonly types: ReadonlyMap<string, TypeFields>;
  /** `parents` are the fields that select below each of the resources. Answers places in the order of `resources`. */
  expand(resources: readonly KnownResource[], parents: readonly FieldNode[]): Promise<readonly Place[]>;
}
