import { type FieldNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql';

/** What a query gives for an argument, as far as it says how much is asked for. */
export interface Given {
  /** Present where it is a number. */
  readonly number?: number;
  /** Of the list that it is; 1 for anything else. */
  readonly length: number;
  /** Items of all lists within it, at any depth. */
  readonly items: number;
}

const NOTHING: Given = { length: 1, items: 0 };

/** Reads arguments of a valid operation, each variable once, however often it stands in the document. */
export function givenArguments(
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
): (node: FieldNode, argument: string) => Given {
  const known = new Map<string, Given>();
  const ofVariable = (name: string): Given => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const preset = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
    const given = Object.hasOwn(variables, name) ? ofJson(variables[name]) : preset ? ofNode(preset) : NOTHING;
    known.set(name, given);
    return given;
  };
  const ofNode = (node: ValueNode): Given => {
    switch (node.kind) {
      case Kind.VARIABLE:
        return ofVariable(node.name.value);
      case Kind.INT:
        return { number: Number(node.value), length: 1, items: 0 };
      case Kind.LIST:
        return listOf(node.values.map(ofNode));
      case Kind.OBJECT:
        return { length: 1, items: sumOf(node.fields.map(({ value }) => ofNode(value))) };
      default:
        return NOTHING;
    }
  };
  return (node, argument) => {
    const value = node.arguments?.find(({ name }) => name.value === argument)?.value;
    return value === undefined ? NOTHING : ofNode(value);
  };
}

/** A value from JSON that nests no deeper than variables may. */
function ofJson(value: unknown): Given {
  if (typeof value === 'number') return { number: value, length: 1, items: 0 };
  if (Array.isArray(value)) return listOf(value.map(ofJson));
  if (typeof value === 'object' && value !== null) return { length: 1, items: sumOf(Object.values(value).map(ofJson)) };
  return NOTHING;
}

function listOf(values: readonly Given[]): Given {
  return { length: values.length, items: values.length + sumOf(values) };
}

function sumOf(values: readonly Given[]): number {
  return values.reduce((sum, { items }) => sum + items, 0);
}
