import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Admitted } from '../context.ts';
import type { GraphqlTenant } from '../graphql-face.ts';
import { mayReadSchema, SCHEMA_IS_HIDDEN } from '../schema-readers.ts';
import { HttpRefusal } from './http-refusal.ts';

/** @throws {HttpRefusal} 405; 403 for a caller who may not read the schema by introspection either */
export function checkSdlRequest({ method }: Request, { settings }: GraphqlTenant, { principal }: Admitted): void {
  if (method !== 'GET' && method !== 'HEAD') {
    throw new HttpRefusal(405, 'BAD_REQUEST', `${method} is not offered here; use GET`, {
      headers: { Allow: 'GET, HEAD' },
    });
  }
  if (!mayReadSchema(settings, principal)) throw new HttpRefusal(403, 'INTROSPECTION_DISABLED', SCHEMA_IS_HIDDEN);
}

/**
 * The SDL, or 304 where the client has it. Text has no media type of its own; tools take it as plain text. It is asked for anew each
 * time, since schemas can change, and is kept by the client alone, since tenants differ.
 */
export function answerSdl(request: Request, response: Response, sdl: string): void {
  const etag = `"${createHash('sha256').update(sdl).digest('base64url')}"`;
  response.set({
    ETag: etag,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization',
    'X-Content-Type-Options': 'nosniff',
  });
  if (isKnown(request.headers['if-none-match'], etag)) response.status(304).end();
  else response.type('text/plain').send(sdl);
}

/** RFC 9110 §13.1.2. Express would send it again to a fetch(), which asks caches on the way for a fresh answer. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim());
  return tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}
