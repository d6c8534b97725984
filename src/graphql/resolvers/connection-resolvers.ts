import type { Connection, Place, Related } from '../expand/place.ts';
import type {
  MemberConnectionResolvers,
  MemberEdgeResolvers,
  MembershipConnectionResolvers,
  MembershipEdgeResolvers,
  PageInfoResolvers,
  UserConnectionResolvers,
  UserEdgeResolvers,
  UserReportEdgeResolvers,
} from '../generated/resolvers.ts';

/** One entry of a connection. */
export interface Edge {
  readonly connection: Connection;
  readonly index: number;
}

/** Every connection of the schema has these fields, and every edge those below; User stands for the types of a registry. */
export const connectionResolvers = {
  edges: (connection: Connection): readonly Edge[] => connection.places.map((_, index) => ({ connection, index })),
  nodes: ({ places }: Connection): readonly Place[] => places,
  pageInfo: (connection: Connection): Connection => connection,
  totalCount: ({ total }: Connection): number | null => total ?? null,
} satisfies UserConnectionResolvers & MemberConnectionResolvers & MembershipConnectionResolvers;

export const edgeResolvers = {
  node: ({ connection, index }: Edge): Place => connection.places[index] as Place,
  cursor: ({ connection, index }: Edge): string => requiredCursor(connection, index),
} satisfies UserEdgeResolvers;

export const linkEdgeResolvers = {
  ...edgeResolvers,
  direct: ({ connection, index }: Edge): boolean => connection.links?.items[index]?.depth === 1,
  via: ({ connection: { links }, index }: Edge): Place | null => {
    const via = links?.items[index]?.via;
    return via === undefined ? null : placeOf(links?.vias.get(via));
  },
} satisfies MemberEdgeResolvers & MembershipEdgeResolvers;

export const reportEdgeResolvers = {
  ...edgeResolvers,
  distance: ({ connection, index }: Edge): number => {
    const distance = connection.links?.items[index]?.depth;
    if (distance === undefined) throw new Error('an edge of reports has no link');
    return distance;
  },
} satisfies UserReportEdgeResolvers;

export const pageInfoResolvers: PageInfoResolvers = {
  hasNextPage: ({ hasNextPage }) => hasNextPage,
  hasPreviousPage: ({ hasPreviousPage }) => hasPreviousPage,
  startCursor: (connection) => cursorAt(connection, 0),
  endCursor: (connection) => cursorAt(connection, connection.places.length - 1),
};

function placeOf(related: Related | undefined): Place | null {
  if (related instanceof Error) throw related;
  return related && 'resource' in related ? related : null;
}

function cursorAt({ positions, cursorOf }: Connection, index: number): string | null {
  const position = positions?.[index];
  return position === undefined ? null : cursorOf(position);
}

function requiredCursor(connection: Connection, index: number): string {
  const cursor = cursorAt(connection, index);
  if (cursor === null) throw new Error('a cursor was selected and no position was asked for');
  return cursor;
}
