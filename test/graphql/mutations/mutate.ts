import type { Json } from '#model/resource.ts';
import type { Gateway } from '../gateway.ts';

export type Values = { readonly [name: string]: Json };

export interface Payload {
  /** What stands beside `errors`: the resource as selected, or the id of what was deleted. */
  readonly result: Values | string | null;
  readonly errors: readonly Values[];
}

const ERRORS = `errors { __typename message code path
  ... on InvalidInput { expected got remedy } ... on UniquenessConflict { holder } ... on NotFound { id } ... on UnknownReference { id }
}`;

/** Runs one mutation with its input as a variable; an error of the response fails the test. */
export async function mutate(gateway: Gateway, name: string, input: Values, selection = 'id'): Promise<Payload> {
  const data = await gateway.data(mutation(name, selection), { input });
  return payloadOf(data[name] as Values);
}

/** The document that `mutate` sends. */
export function mutation(name: string, selection = 'id'): string {
  const stem = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const deletes = name.startsWith('delete');
  const type = /Members$/.test(name) ? 'group' : name.replace(/^[a-z]+/, '').replace(/^[A-Z]/, (c) => c.toLowerCase());
  return `mutation ($input: ${stem}Input!) { ${name}(input: $input) { ${deletes ? 'id' : `${type} { ${selection} }`} ${ERRORS} } }`;
}

export function payloadOf({ errors, ...rest }: Values): Payload {
  const [result = null] = Object.values(rest);
  return { result: result as Payload['result'], errors: errors as readonly Values[] };
}

/** The resource that a mutation answers; its errors fail the test. */
export async function done(gateway: Gateway, name: string, input: Values, selection = 'id'): Promise<Values> {
  const { result, errors } = await mutate(gateway, name, input, selection);
  if (errors.length > 0 || result === null) throw new Error(JSON.stringify(errors));
  return typeof result === 'string' ? { id: result } : result;
}
