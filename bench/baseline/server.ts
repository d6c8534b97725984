/**
 * Apollo Server 5 on Express 5 with DataLoader, set up as its own documentation does it, over plain Maps. Frozen: it is what the
 * product's GraphQL is measured against, so a change here moves the yardstick and needs a reason in docs/guides/benchmarks.md.
 * Arguments: port, file with the ids to use.
 */
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import DataLoader from 'dataloader';
import express from 'express';
import { type Group, loadDirectory, type User } from './directory.ts';
import { typeDefs } from './schema.ts';

const [port, file] = process.argv.slice(2);
if (port === undefined || file === undefined) throw new Error('usage: server.ts PORT FILE');
const directory = loadDirectory(file);

interface Context {
  readonly users: DataLoader<string, User | undefined>;
  readonly groupsOf: DataLoader<string, readonly Group[]>;
}

const openContext = async (): Promise<Context> => ({
  users: new DataLoader(async (ids) => ids.map((id) => directory.users.get(id))),
  groupsOf: new DataLoader(async (ids) =>
    ids.map((id) => (directory.groupsOf.get(id) ?? []).flatMap((group) => directory.groups.get(group) ?? [])),
  ),
});

const resolvers = {
  Query: {
    users(_: unknown, { first, after }: { first: number; after?: string }) {
      const start = after === undefined ? 0 : Number(after);
      const ids = directory.order.slice(start, start + first);
      const nodes = ids.flatMap((id) => directory.users.get(id) ?? []);
      return {
        nodes,
        edges: nodes.map((node, position) => ({ node, cursor: String(start + position + 1) })),
        pageInfo: { hasNextPage: start + first < directory.order.length, endCursor: String(start + nodes.length) },
      };
    },
  },
  User: {
    async memberOf(user: User, { first }: { first: number }, context: Context) {
      return { nodes: (await context.groupsOf.load(user.id)).slice(0, first) };
    },
    manager(user: User, _: unknown, context: Context) {
      return user.managerId === undefined ? null : context.users.load(user.managerId);
    },
  },
};

const server = new ApolloServer<Context>({ typeDefs, resolvers });
await server.start();
const app = express();
app.get('/ready', (_request, response) => {
  response.send('ready');
});
app.use('/graphql', express.json(), expressMiddleware(server, { context: openContext }));
app.listen(Number(port), '127.0.0.1');
