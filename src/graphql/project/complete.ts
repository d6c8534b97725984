import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { GraphqlContext } from '../context.ts';

/** What a selection is read with: the same at every place of one query. */
export interface Selections {
  readonly schema: GraphQLSchema;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
  /** Values of the variables that @skip and @include ask. */
  readonly conditions: { readonly [variable: string]: unknown };
}

/** A selected field: where it goes in the answer, what it selects, and how its value becomes JSON. */
export interface FieldPlan {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly complete: Complete;
}

type Json = unknown;

/** Reads a field of a source and makes it JSON. @throws whatever graphql-js has to explain */
export type Complete = (source: unknown, context: GraphqlContext) => Json;

/** What a type makes of a resolved value. */
type CompleteValue = (value: unknown, context: GraphqlContext) => Json;

/** Thrown where an answer is not simply what the sources hold; graphql-js then finds out why and says so. */
class NotPlain extends Error {}

/** What is the same for every value of one selected field. */
interface Selected {
  readonly selections: Selections;
  readonly nodes: readonly FieldNode[];
}

const NO_ARGUMENTS = {};

/** The fields that `parents` select on an object type, with fragments and conditions applied. */
export function planFields(
  selections: Selections,
  type: GraphQLObjectType,
  parents: readonly Pick<FieldNode | OperationDefinitionNode, 'selectionSet'>[],
): readonly FieldPlan[] {
  const { schema, fragments, conditions } = selections;
  const selected = parents.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const fields = collectFields(schema, fragments, conditions, type, {
    kind: Kind.SELECTION_SET,
    selections: selected,
  });
  return [...fields].map(([key, nodes]): FieldPlan => {
    const name = nodes[0]?.name.value ?? '';
    const complete = completerOf(selections, type, name, nodes);
    return { key, name, nodes, complete };
  });
}

/**
 * Resolvers below Query take no arguments: `expand` has used them. Of `info` they look at the selected nodes alone.
 */
function completerOf(
  selections: Selections,
  parent: GraphQLObjectType,
  name: string,
  nodes: readonly FieldNode[],
): Complete {
  if (name === '__typename') return () => parent.name;
  const field = parent.getFields()[name];
  if (field === undefined) throw new Error(`${parent.name} has no field ${name}`);
  const complete = completeValueOf({ selections, nodes }, field.type);
  if (parent === selections.schema.getQueryType()) return complete;
  const { resolve } = field;
  if (resolve === undefined) throw new Error(`${parent.name}.${name} has no resolver`);
  const info = { fieldNodes: nodes } as unknown as GraphQLResolveInfo;
  return (source, context) => complete(resolve(source, NO_ARGUMENTS, context, info), context);
}

function completeValueOf(selected: Selected, type: GraphQLOutputType): CompleteValue {
  if (isNonNullType(type)) {
    const complete = completeValueOf(selected, type.ofType);
    return (value, context) => complete(value, context) ?? refuse();
  }
  if (isListType(type)) return completeList(completeValueOf(selected, type.ofType));
  if (isLeafType(type)) return completeLeaf(type);
  if (isObjectType(type)) return completeObject(selected, type);
  return completeAbstract(selected, type);
}

function completeList(complete: CompleteValue): CompleteValue {
  return (value, context) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return refuse();
    const items = new Array<Json>(value.length);
    for (let index = 0; index < items.length; index += 1) items[index] = complete(value[index], context);
    return items;
  };
}

function completeLeaf(type: GraphQLLeafType): CompleteValue {
  const isText = type.name === 'String' || type.name === 'ID';
  return (value, context) => {
    if (isText && typeof value === 'string') {
      context.budget.takeText(value.length);
      return value;
    }
    if (value === null || value === undefined) return null;
    return type.serialize(value) ?? refuse();
  };
}

function completeObject({ selections, nodes }: Selected, type: GraphQLObjectType): CompleteValue {
  let fields: readonly FieldPlan[] | undefined;
  return (value, context) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) return refuse();
    fields ??= planFields(selections, type, nodes);
    const object: { [key: string]: Json } = {};
    for (const { key, complete } of fields) setKey(object, key, complete(value, context));
    return object;
  };
}

/** Sets a key of an answer; `__proto__` is one like any other. */
export function setKey(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}

function completeAbstract(selected: Selected, type: GraphQLOutputType): CompleteValue {
  if (!isAbstractType(type)) throw new Error(`${type} is no output type`);
  const { resolveType } = type;
  const byName = new Map(
    selected.selections.schema
      .getPossibleTypes(type)
      .map((possible) => [possible.name, completeObject(selected, possible)]),
  );
  return (value, context) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) return refuse();
    const name = resolveType?.(value, context, undefined as unknown as GraphQLResolveInfo, type);
    const complete = typeof name === 'string' ? byName.get(name) : undefined;
    return complete === undefined ? refuse() : complete(value, context);
  };
}

function refuse(): never {
  throw new NotPlain();
}
