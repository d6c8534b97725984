import { type FieldNode, type GraphQLObjectType, getArgumentValues } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Walk } from './walk.ts';

/** The fields selected on an object type below `parents`, with fragments, @skip and @include applied. */
export function selectedFields(walk: Walk, type: string, parents: readonly FieldNode[]): readonly FieldNode[] {
  const { schema, fragments, variableValues } = walk.info;
  const fields = collectSubfields(schema, fragments, variableValues, objectType(walk, type), parents);
  return [...fields.values()].flat();
}

/** Selected fields of one name, together where their arguments are equal: one request serves all of them. */
export interface SelectedRequest {
  readonly nodes: readonly FieldNode[];
  readonly args: { readonly [name: string]: unknown };
}

export function requestsOf(walk: Walk, type: string, nodes: readonly FieldNode[]): readonly SelectedRequest[] {
  const requests = new Map<string, { readonly nodes: FieldNode[]; readonly args: { [name: string]: unknown } }>();
  const fields = objectType(walk, type).getFields();
  for (const node of nodes) {
    const field = fields[node.name.value];
    if (field === undefined) continue;
    const args = getArgumentValues(field, node, walk.info.variableValues);
    const key = JSON.stringify(args);
    const request = requests.get(key);
    if (request === undefined) requests.set(key, { nodes: [node], args });
    else request.nodes.push(node);
  }
  return [...requests.values()];
}

function objectType({ info }: Walk, name: string): GraphQLObjectType {
  return info.schema.getType(name) as GraphQLObjectType;
}
