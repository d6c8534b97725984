import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  getArgumentValues,
  getVariableValues,
  Kind,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { ChangeSubscription, resourceChanged } from '../../resolvers/subscription/resource-changed.ts';
import type { Operation } from './read-operation.ts';
import { RefusedOperation, refuseOperation, refusing } from './refused-operation.ts';

type Subscribe = ReturnType<typeof resourceChanged>['subscribe'];

/** What a valid subscription asks to follow. @throws {RefusedOperation} for variables and arguments that do not fit */
export function openSubscription(operation: Operation): ChangeSubscription {
  const { schema, document } = operation;
  const type = schema.getSubscriptionType();
  if (!type) throw new Error('a subscription was valid in a schema without any');
  const variableValues = coerceVariables(operation);
  const definitions = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments: { [name: string]: FragmentDefinitionNode } = Object.fromEntries(
    definitions.map((each) => [each.name.value, each]),
  );
  const selected = collectFields(schema, fragments, variableValues, type, operation.operation.selectionSet);
  const [fieldNodes = []] = [...selected.values()];
  const [node] = fieldNodes;
  const field = node && type.getFields()[node.name.value];
  if (field?.subscribe === undefined) refuseOperation('BAD_REQUEST', 'the subscription selects nothing to follow');
  const subscribe = field.subscribe as unknown as Subscribe;
  // All that it looks at.
  const info = { schema, fragments, variableValues, fieldNodes } as unknown as GraphQLResolveInfo;
  return refusing('BAD_USER_INPUT', () => {
    const args = getArgumentValues(field, node as FieldNode, variableValues);
    return subscribe(undefined, args, undefined, info);
  });
}

function coerceVariables({ schema, operation, variables }: Operation): { readonly [name: string]: unknown } {
  const options = { hideSuggestions: true, maxErrors: 50 };
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, options);
  if (coerced === undefined) throw new RefusedOperation('BAD_USER_INPUT', errors);
  return coerced;
}
