import { readFileSync } from 'node:fs';
import express, { type RequestHandler, type Router } from 'express';

const ASSETS = '/graphql/assets/';

/** Everything from this origin. Monaco, the editor inside GraphiQL, sets styles from script and draws its icons from data URLs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * GraphiQL for browsers, without a credential: the page holds no data and asks for a token, which stays in the tab's session
 * storage. Everything is served from here; no request leaves the origin.
 */
export function graphiqlRouter(): Router {
  const router = express.Router();
  const page = readFileSync(new URL('./page.html', import.meta.url));
  const start = readFileSync(new URL('./start.js', import.meta.url));
  const style = readFileSync(new URL('./page.css', import.meta.url));
  router.get('/graphql', (request, response, next) => {
    if (request.accepts(['json', 'html']) !== 'html' || 'query' in request.query) {
      next();
      return;
    }
    response.set({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.type('html').send(page);
  });
  router.get(`${ASSETS}start.js`, (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.get(`${ASSETS}page.css`, (_request, response) => {
    response.type('css').send(style);
  });
  router.get(`${ASSETS}:file`, sendBundled);
  return router;
}

/** Ruru's build of GraphiQL takes 4 MB of memory, so it is loaded with the first request for it; source maps are left out. */
const sendBundled: RequestHandler = async (request, response) => {
  const { getStaticFile } = await import('ruru/static');
  const file = await getStaticFile({
    staticPath: ASSETS,
    urlPath: request.originalUrl,
    acceptEncoding: request.headers['accept-encoding'],
    disallowDevAssets: true,
  });
  if (file === null) {
    response.status(404).end();
    return;
  }
  response.set({ ...file.headers, 'cache-control': 'no-cache' });
  if (request.headers['if-none-match'] === file.headers['etag']) response.status(304).end();
  else response.end(file.content);
};
