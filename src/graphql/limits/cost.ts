import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_FIRST } from '../expand/paging.ts';

interface Estimate {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: { readonly [name: string]: unknown };
  readonly operation: OperationDefinitionNode;
  /** Cost of a fragment by itself, whatever the list that it stands in. */
  readonly known: Map<string, number>;
}

/**
 * How many fields the answer to a valid operation could have: every list counts as full, nested ones multiply. Introspection
 * counts nothing. Takes time linear in the document.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: { readonly [name: string]: unknown },
): number {
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const estimate: Estimate = { schema, fragments: byName, variables, operation, known: new Map() };
  return selectionCost(estimate, operation.selectionSet, schema.getQueryType() ?? undefined);
}

function selectionCost(
  estimate: Estimate,
  { selections }: SelectionSetNode,
  type: GraphQLNamedType | undefined,
): number {
  let cost = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) cost += fieldCost(estimate, selection, type);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += fragmentCost(estimate, selection.name.value);
    else {
      const condition = selection.typeCondition?.name.value;
      cost += selectionCost(
        estimate,
        selection.selectionSet,
        condition === undefined ? type : estimate.schema.getType(condition),
      );
    }
  }
  return cost;
}

function fragmentCost(estimate: Estimate, name: string): number {
  const known = estimate.known.get(name);
  if (known !== undefined) return known;
  const fragment = estimate.fragments.get(name);
  if (fragment === undefined) return 0;
  const type = estimate.schema.getType(fragment.typeCondition.name.value);
  const cost = selectionCost(estimate, fragment.selectionSet, type);
  estimate.known.set(name, cost);
  return cost;
}

function fieldCost(estimate: Estimate, node: FieldNode, parent: GraphQLNamedType | undefined): number {
  const name = node.name.value;
  if (name.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
  const field = parent.getFields()[name];
  if (field === undefined) return 0;
  if (node.selectionSet === undefined) return 1;
  return 1 + listSize(estimate, field, node) * selectionCost(estimate, node.selectionSet, getNamedType(field.type));
}

function listSize(estimate: Estimate, field: GraphQLField<unknown, unknown>, node: FieldNode): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first !== undefined) {
    const given = argumentValue(estimate, node, 'first');
    return typeof given === 'number' ? Math.min(Math.max(given, 1), MAX_FIRST) : Number(first.defaultValue);
  }
  if (!field.args.some(({ name }) => name === 'ids')) return 1;
  const ids = argumentValue(estimate, node, 'ids');
  return Array.isArray(ids) ? Math.max(ids.length, 1) : 1;
}

function argumentValue({ variables, operation }: Estimate, node: FieldNode, name: string): unknown {
  const value = node.arguments?.find((argument: ArgumentNode) => argument.name.value === name)?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.LIST) return value.values;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const variable = value.name.value;
  if (Object.hasOwn(variables, variable)) return variables[variable];
  const definition = operation.variableDefinitions?.find((each) => each.variable.name.value === variable);
  return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : undefined;
}
