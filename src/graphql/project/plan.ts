import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { type FieldPlan, type Fragments, planFields } from './complete.ts';

/** A valid query, worked out once for all requests that send the same document. */
export interface QueryPlan {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly fields: readonly FieldPlan[];
}

const plans = new WeakMap<OperationDefinitionNode, QueryPlan | null>();

/**
 * The plan of an operation, or null where graphql-js is to answer it: introspection, conditions by variable, and keys that a plain
 * object cannot have. Apollo keeps documents for as long as they are in use, and plans live with them.
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): QueryPlan | null {
  let plan = plans.get(operation);
  if (plan === undefined) {
    plan = isPlain(document) ? openPlan(schema, document, operation) : null;
    plans.set(operation, plan);
  }
  return plan;
}

function openPlan(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): QueryPlan | null {
  const query = schema.getQueryType();
  if (!query || operation.operation !== 'query') return null;
  const definitions = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(definitions.map((each) => [each.name.value, each]));
  return { schema, fragments, fields: planFields(schema, fragments, query, [operation]) };
}

function isPlain(document: DocumentNode): boolean {
  let plain = true;
  visit(document, {
    Directive({ arguments: given = [] }) {
      if (given.some(({ value }) => value.kind === Kind.VARIABLE)) plain = false;
    },
    Field({ name, alias }) {
      if (name.value === '__schema' || name.value === '__type' || alias?.value === '__proto__') plain = false;
    },
  });
  return plain;
}
