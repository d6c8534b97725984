import type { GraphQLSchema } from 'graphql';
import type { TenantId } from '#model/resource.ts';
import type { Documents } from '../documents/documents.ts';
import type { GraphqlTenant } from '../graphql-face.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import type { StreamExchange } from './stream-exchange.ts';
import type { StreamServer } from './stream-server.ts';

export interface StreamsOptions {
  tenant(tenant: TenantId): GraphqlTenant;
  schemaOf(
    tenant: TenantId,
    parts: GraphqlTenant,
  ): Promise<{ readonly schema: GraphQLSchema; readonly documents: Documents }>;
  reportBug(error: unknown): void;
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
    return new StreamServer(options);
  };
  return {
    async answer(exchange) {
      opening ??= open();
      const server = await opening;
      if (ended) throw stopping();
      await server.answer(exchange);
    },
    end() {
      ended = true;
      void opening?.then((server) => server.end());
    },
  };
}

function stopping(): HttpRefusal {
  const message = 'this gateway is about to stop; subscribe again, with the last cursor';
  return new HttpRefusal(503, 'UNAVAILABLE', message, {
    headers: { 'Retry-After': '1' },
    extensions: { retryAfter: 1 },
  });
}
