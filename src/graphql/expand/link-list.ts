import type { LinkRequest } from '#core/loaders.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { TypeFields } from '../fields/field.ts';
import type { FieldLink, LoadRequest } from './loaded-field.ts';

/** A list of links as a field has it. */
export interface LinkList {
  /** The field's name. */
  readonly name: string;
  readonly link: Pick<FieldLink, 'edge' | 'direction'>;
  /** How far the link is followed: 1 is direct, Infinity all the way. */
  readonly depth: number;
  /** The types of the resources that it leads to. */
  readonly nodes: readonly TypeFields[];
  /** The type of what can lie between, where the edges have a `via`. */
  readonly between?: TypeFields;
}

export function depthOf({ args }: LoadRequest): number {
  return args['transitive'] === true ? Number.POSITIVE_INFINITY : 1;
}

/** What is asked of the directory for a list; `type` is the argument of that name. @throws {GraphQLError} BAD_USER_INPUT */
export function linkRequest(
  { name, link: { edge, direction }, depth, nodes }: LinkList,
  type: unknown,
  asked: Pick<LinkRequest, 'first' | 'total' | 'positions' | 'with'>,
): LinkRequest {
  const only = nodes.find((each) => each.name === type)?.resourceType.name;
  if (typeof type === 'string' && only === undefined) {
    throw badUserInput(`${name}: type must be ${nodes.map((each) => each.name).join(' or ')}`);
  }
  return { ...asked, edge, direction, depth, ...(only !== undefined && { type: only }) };
}
