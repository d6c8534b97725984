import { writeFileSync } from 'node:fs';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: string;
}

/** Stands for a number in a request body that no other request of the same case has; nine digits, so that lengths stay. */
export const FRESH_NUMBER = '@@@@@@@@@';

/** Writes requests as they go over the wire, each after its length in bytes: what wrk.lua reads. */
export function writeRequests(file: string, requests: readonly HttpRequest[], authorization: string): void {
  const chunks = requests.flatMap((request) => {
    const text = Buffer.from(requestText(request, authorization));
    return [Buffer.from(`${text.length}\n`), text, Buffer.from('\n')];
  });
  writeFileSync(file, Buffer.concat(chunks));
}

function requestText({ method, path, body }: HttpRequest, authorization: string): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: ${authorization}`];
  if (body !== undefined) {
    lines.push(`Content-Type: ${contentTypeFor(path)}`, `Content-Length: ${Buffer.byteLength(body)}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

export function contentTypeFor(path: string): string {
  return path.startsWith('/graphql') ? 'application/json' : 'application/scim+json';
}
