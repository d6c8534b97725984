import type { GraphQLSchema } from 'graphql';
import type { TenantId } from '#model/resource.ts';
import type { Documents } from '../documents/documents.ts';
import type { GraphqlTenant } from '../graphql-face.ts';
import type { StreamExchange } from './stream-exchange.ts';
import type { StreamServer } from './stream-server.ts';

export interface StreamsOptions {
  tenant(tenant: TenantId): GraphqlTenant;
  schemaOf(
    tenant: TenantId,
    parts: GraphqlTenant,
  ): Promise<{ readonly schema: GraphQLSchema; readonly documents: Documents }>;
  reportBug(error: unknown): void;
  subscription?(tenant: TenantId, more: 1 | -1): void;
}

export interface Streams {
  /** @throws {HttpRefusal} as long as nothing was sent; what the tenant throws */
  answer(exchange: StreamExchange): Promise<void>;
  /** Ends the streams that are open, and lets none begin any more. */
  end(): void;
}

/** graphql-js is loaded with the first stream, as it is with the first query. */
export function openStreams(options: StreamsOptions): Streams {
  let opening: Promise<StreamServer> | undefined;
  let ended = false;
  const open = async () => {
    const { StreamServer } = await import('./stream-server.ts');
    return new StreamServer(options, () => ended);
  };
  return {
    async answer(exchange) {
      opening ??= open();
      await (await opening).answer(exchange);
    },
    end() {
      ended = true;
      void opening?.then((server) => server.end());
    },
  };
}
