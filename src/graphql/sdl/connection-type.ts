import { block, describe } from './describe.ts';

/** Of every edge. */
export const CURSOR = `${describe('Give it as `after` to go on behind this one, or as `before` to go back from it where the list can.')}cursor: String!`;

/** The connection of a list, of which `edge` and `node` name the types. */
export function connectionType(name: string, edge: string, node: string): string {
  return block(`type ${name}`, [
    `edges: [${edge}!]!`,
    `${describe('The nodes of the edges.')}nodes: [${node}!]!`,
    'pageInfo: PageInfo!',
    `${describe('The number on all pages together; counted only when it is asked for.')}totalCount: Int`,
  ]);
}
