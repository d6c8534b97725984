import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { type FieldPlan, planFields, type Selections } from './complete.ts';

/** A valid query, worked out once for all requests that send the same document and the same values of its conditions. */
export interface QueryPlan {
  readonly selections: Selections;
  readonly fields: readonly FieldPlan[];
}

type Variables = { readonly [name: string]: unknown };

/** What is known of an operation before its variables are. */
interface Planned {
  readonly selections: Omit<Selections, 'conditions'>;
  /** Names of the variables that @skip and @include ask. */
  readonly conditions: readonly string[];
  /** By the values of the conditions. */
  readonly variants: Map<string, QueryPlan>;
}

/** Of one document; each could have two for every condition, and a client that needs more gets the same answer from graphql-js. */
const VARIANTS = 16;

const planned = new WeakMap<OperationDefinitionNode, Planned | null>();

/**
 * The plan of an operation under coerced variables, or null where graphql-js is to answer it: mutations, introspection, too many variants.
 * Documents are kept for as long as they are in use, and plans live with them.
 * @throws {GraphQLError} where a condition has no value
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): QueryPlan | null {
  let known = planned.get(operation);
  if (known === undefined) {
    known = operation.operation === 'query' && !readsSchema(document) ? prepare(schema, document) : null;
    planned.set(operation, known);
  }
  return known && variantOf(known, operation, variables);
}

function variantOf(
  { selections, conditions, variants }: Planned,
  operation: OperationDefinitionNode,
  variables: Variables,
): QueryPlan | null {
  const key = conditions.length === 0 ? '' : conditions.map((name) => String(variables[name])).join();
  let plan = variants.get(key);
  if (plan === undefined) {
    if (variants.size === VARIANTS) return null;
    const values = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
    plan = openPlan({ ...selections, conditions: values }, operation);
    variants.set(key, plan);
  }
  return plan;
}

function openPlan(selections: Selections, operation: OperationDefinitionNode): QueryPlan {
  const query = selections.schema.getQueryType();
  if (!query) throw new Error('the schema has no Query');
  return { selections, fields: planFields(selections, query, [operation]) };
}

function prepare(schema: GraphQLSchema, document: DocumentNode): Planned {
  const definitions = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments: { [name: string]: FragmentDefinitionNode } = Object.fromEntries(
    definitions.map((each) => [each.name.value, each]),
  );
  return { selections: { schema, fragments }, conditions: conditionsOf(document), variants: new Map() };
}

function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function readsSchema(document: DocumentNode): boolean {
  let reads = false;
  visit(document, {
    Field({ name }) {
      if (name.value === '__schema' || name.value === '__type') reads = true;
    },
  });
  return reads;
}
