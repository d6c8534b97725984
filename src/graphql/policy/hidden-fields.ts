import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Visibility } from '#core/policy/visibility.ts';
import { coerceVariables } from '../coerce-variables.ts';
import { hiddenFrom } from './mark-hideable.ts';

export interface AskedFields {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
}

/** Fragments within each other can make more fields than any answer is about; what lies beyond is not listed. */
const VISITED_AT_MOST = 10_000;

/**
 * The fields of a query that are null since a policy hides them, each by its keys in the answer without indexes:
 * `users.nodes.emails`. They follow from the document alone, so that they are the same whoever answers and whatever there is.
 */
export function hiddenFields(asked: AskedFields, visibility: Visibility): readonly string[] {
  const { schema, document, operation, variables } = asked;
  const coerced = coerceVariables(schema, operation, variables);
  const root = schema.getRootType(operation.operation);
  if (coerced === undefined || !root) return [];
  const search = new Search({ schema, fragments: fragmentsOf(document), variables: coerced }, visibility);
  search.visit(
    root,
    [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '' }, selectionSet: operation.selectionSet }],
    '',
  );
  return [...search.found];
}

interface Selections {
  readonly schema: GraphQLSchema;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
  readonly variables: { readonly [name: string]: unknown };
}

class Search {
  readonly found = new Set<string>();
  readonly #selections: Selections;
  readonly #visibility: Visibility;
  #visited = 0;

  constructor(selections: Selections, visibility: Visibility) {
    this.#selections = selections;
    this.#visibility = visibility;
  }

  /** `parents` select below the type; `path` ends with a dot, or is empty. */
  visit(type: GraphQLNamedType, parents: readonly FieldNode[], path: string): void {
    const { schema, fragments, variables } = this.#selections;
    const concrete = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    for (const each of concrete) {
      for (const [key, nodes] of collectSubfields(schema, fragments, variables, each, parents)) {
        this.#visitField(each, nodes, `${path}${key}`);
      }
    }
  }

  #visitField(type: GraphQLObjectType, nodes: readonly FieldNode[], path: string): void {
    this.#visited += 1;
    const field = type.getFields()[nodes[0]?.name.value ?? ''];
    if (field === undefined || this.#visited > VISITED_AT_MOST) return;
    if (this.#isHidden(field, nodes)) this.found.add(path);
    else if (nodes[0]?.selectionSet !== undefined) this.visit(getNamedType(field.type), nodes, `${path}.`);
  }

  /** Arguments that do not fit are told by the field itself. */
  #isHidden(field: GraphQLField<unknown, unknown>, [node]: readonly FieldNode[]): boolean {
    const hidden = hiddenFrom(field);
    if (hidden === undefined || node === undefined) return false;
    try {
      return hidden(this.#visibility, getArgumentValues(field, node, this.#selections.variables));
    } catch {
      return false;
    }
  }
}

function fragmentsOf({ definitions }: DocumentNode): Selections['fragments'] {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}
