import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_FIRST, MAX_FIRST } from '../expand/paging.ts';
import { type Given, givenArguments } from './given-arguments.ts';

interface Estimate {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly given: (node: FieldNode, argument: string) => Given;
  /** Cost of a fragment by itself, whatever the list that it stands in. */
  readonly known: Map<string, number>;
}

/** Arguments that say how long a list is at most. */
const SIZES = ['first', 'last'];

/**
 * How many fields the answer to a valid operation could have, and how many items its arguments list, each of which is work too.
 * Every list counts as full, nested ones multiply: by `first` or `last` where the field has them, otherwise by the longest list among
 * its arguments, whatever that is called. Introspection counts nothing. Takes time linear in the document and the variables.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: { readonly [name: string]: unknown },
): number {
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const estimate: Estimate = {
    schema,
    fragments: byName,
    given: givenArguments(operation, variables),
    known: new Map(),
  };
  return selectionCost(estimate, operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
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
  const { size, items } = sizeOf(estimate, field, node);
  if (node.selectionSet === undefined) return 1 + items;
  return 1 + items + size * selectionCost(estimate, node.selectionSet, getNamedType(field.type));
}

const isFirst = ({ name }: { readonly name: string }) => name === 'first';

/** How long a field's list can be, and how many items its arguments list altogether. */
function sizeOf({ given }: Estimate, { args }: GraphQLField<unknown, unknown>, node: FieldNode) {
  let items = 0;
  let longest = 1;
  let page: number | undefined;
  for (const { name, type, defaultValue } of args) {
    const argument = given(node, name);
    items += argument.items;
    if (isListType(getNullableType(type))) longest = Math.max(longest, argument.length);
    if (!SIZES.includes(name)) continue;
    const asked = argument.number ?? (typeof defaultValue === 'number' ? defaultValue : undefined);
    if (asked !== undefined) page = Math.max(page ?? 1, Math.min(asked, MAX_FIRST));
  }
  return { size: page ?? (args.some(isFirst) ? DEFAULT_FIRST : longest), items };
}
