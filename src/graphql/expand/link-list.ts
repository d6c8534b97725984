import type { LinkRequest } from '#core/loaders.ts';
import { DirectoryError } from '#model/errors.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { TypeFields } from '../fields/field.ts';
import type { FieldLink, LoadRequest } from './loaded-field.ts';
import { type PageAsked, pageAsked } from './paging.ts';

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

/** A list that is paged. */
export interface ConnectionList extends LinkList {
  /** The name of its type. */
  readonly connection: string;
  /** The condition by which Query finds the same nodes: `memberOf` for members. */
  readonly opposite: string;
  /** Whether its `where` has an entry for each type of node. */
  readonly perType?: boolean;
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

/** No backend walks links backwards, nearest last. @throws {DirectoryError} UNSUPPORTED */
export function forwardPage({ name }: ConnectionList, args: LoadRequest['args']): PageAsked {
  const page = pageAsked(args, name);
  if (!page.backward) return page;
  throw new DirectoryError('UNSUPPORTED', `${name}: links are walked forwards alone; use first and after`);
}

/** How Query is asked for the same nodes of some types. */
export function insteadOf({ opposite, depth }: ConnectionList, types: readonly TypeFields[]): string {
  const transitive = depth > 1 ? ', transitive: true' : '';
  return types.map(({ many }) => `${many}(where: { ${opposite}: { eq: "<id>"${transitive} } })`).join(' or ');
}
