import express, { type ErrorRequestHandler, type Express, type Router } from 'express';

export interface AppOptions {
  readonly version: string;
  /** Mounted in order; each declares its own paths. */
  readonly routers: readonly Router[];
  /** What `/` lists beside the version: name to path. No secret. */
  readonly links: { readonly [name: string]: string };
  /** Where an error that no router answered goes; the client sees only its request's id. */
  reportBug(error: unknown): void;
}

/** Everything but SCIM: the start page, health, metrics and GraphQL. Express's own ETag and banner are off. */
export function openApp({ version, routers, links, reportBug }: AppOptions): Express {
  const app = express();
  app.disable('etag');
  app.disable('x-powered-by');
  app.set('json spaces', 2);
  app.use((_request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    next();
  });
  app.get('/', (_request, response) => {
    response.json({ name: 'Portico', version, links });
  });
  for (const router of routers) app.use(router);
  app.use((request, response) => {
    response.status(404).json({ error: `nothing is served at ${request.path}; see /` });
  });
  const answerBug: ErrorRequestHandler = (error, _request, response, next) => {
    const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      response.status(status).json({ error: 'the request is malformed' });
      return;
    }
    reportBug(error);
    if (response.headersSent) next(error);
    else response.status(500).json({ error: `internal error; request ${String(response.get('x-request-id'))}` });
  };
  app.use(answerBug);
  return app;
}
