import { badUserInput } from '../../bad-user-input.ts';
import { connectionResolvers, reportEdgeResolvers } from '../../resolvers/connection-resolvers.ts';
import { CURSOR, connectionType } from '../../sdl/connection-type.ts';
import { block, describe } from '../../sdl/describe.ts';
import { loadLinks } from '../load-links.ts';
import type { LoadedField } from '../loaded-field.ts';
import { PAGE_ARGUMENTS } from '../paging.ts';

const DEPTH = `${describe('How many managers away at most: 1 is those who report directly. Without it, all the way.')}depth: Int`;

export const reports: LoadedField = {
  name: 'reports',
  appliesTo: ({ hasManager }) => hasManager,
  sdl: (_map, owner) =>
    `${describe('Those who report to this resource, directly or through other managers, nearest first, each once; the resource itself only where managers form a circle.')}reports(${DEPTH}, ${describe('Only those that fit; who they report through need not.')}where: ${owner}Where, ${PAGE_ARGUMENTS}): ${owner}ReportConnection`,
  types: (owner) => [
    block(`type ${owner}ReportEdge`, [
      CURSOR,
      `${describe('How many managers away: 1 is a direct report.')}distance: Int!`,
      `node: ${owner}!`,
    ]),
    connectionType(`${owner}ReportConnection`, `${owner}ReportEdge`, owner),
  ],
  resolvers: (owner) => ({
    [`${owner}ReportEdge`]: reportEdgeResolvers,
    [`${owner}ReportConnection`]: connectionResolvers,
  }),
  readsWhole: false,
  edge: 'manager',
  load: (request) => {
    const { type, args } = request;
    return loadLinks(
      {
        name: 'reports',
        link: { edge: 'manager', direction: 'in' },
        depth: depthOf(args['depth']),
        connection: `${type.name}ReportConnection`,
        nodes: [type],
        opposite: 'manager',
      },
      request,
    );
  },
};

/** @throws {GraphQLError} BAD_USER_INPUT */
function depthOf(depth: unknown): number {
  if (depth === undefined || depth === null) return Number.POSITIVE_INFINITY;
  if (typeof depth === 'number' && depth >= 1) return depth;
  throw badUserInput('reports: depth must be 1 or more; leave it out for all who report to this resource');
}
