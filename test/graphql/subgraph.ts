import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

export interface Subgraph extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
}

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;

/** Another service of a federation: a server of its own over what the test keeps. */
export async function openSubgraph(name: string, typeDefs: string, resolvers: object): Promise<Subgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }] as Modules);
  const server = createServer(async (request, response) => {
    const { query, variables } = (await json(request)) as { query: string; variables?: { [name: string]: unknown } };
    const answer = await graphql({ schema, source: query, variableValues: variables ?? {} });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
