import { request as send } from 'node:http';
import type { Json } from '#model/resource.ts';

export type Body = { readonly [name: string]: Json };

export interface ScimAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  /** `{}` where there is no body. */
  readonly body: Body;
}

/** A list is sent as a header each; null leaves out what a client sends by itself. */
export type SentHeaders = { readonly [name: string]: string | readonly string[] | null };

export interface SendOptions {
  readonly headers?: SentHeaders;
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: Json | Buffer;
}

export interface ScimClient {
  readonly baseUrl: string;
  /** `path` lies below the SCIM base and goes out byte for byte, which `fetch` would not do with `..` or `//`. */
  send(method: string, path: string, options?: SendOptions): Promise<ScimAnswer>;
  get(path: string, headers?: SentHeaders): Promise<ScimAnswer>;
  post(path: string, body: Json, headers?: SentHeaders): Promise<ScimAnswer>;
  put(path: string, body: Json, headers?: SentHeaders): Promise<ScimAnswer>;
  patch(path: string, operations: readonly Json[], headers?: SentHeaders): Promise<ScimAnswer>;
  delete(path: string, headers?: SentHeaders): Promise<ScimAnswer>;
}

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A SCIM client of one tenant. Nothing is checked: tests judge what comes back. */
export function scimClient(baseUrl: string, token: string): ScimClient {
  const client: ScimClient = {
    baseUrl,
    send: (method, path, options = {}) => exchange(`${baseUrl}${path}`, method, token, options),
    get: (path, headers = {}) => client.send('GET', path, { headers }),
    post: (path, body, headers = {}) => client.send('POST', path, { body, headers }),
    put: (path, body, headers = {}) => client.send('PUT', path, { body, headers }),
    patch: (path, operations, headers = {}) =>
      client.send('PATCH', path, { body: { schemas: [PATCH_SCHEMA], Operations: operations }, headers }),
    delete: (path, headers = {}) => client.send('DELETE', path, { headers }),
  };
  return client;
}

function exchange(
  url: string,
  method: string,
  token: string,
  { headers = {}, body }: SendOptions,
): Promise<ScimAnswer> {
  const { host, hostname, port } = new URL(url);
  const path = url.slice(url.indexOf(host) + host.length);
  const payload = payloadOf(body);
  const own = sentHeaders({
    authorization: `Bearer ${token}`,
    'content-type': 'application/scim+json',
    ...lowerCase(headers),
  });
  const chunked = own['transfer-encoding'] !== undefined;
  const length = payload === undefined || chunked ? {} : { 'content-length': String(payload.length) };
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, method, path, headers: { ...own, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const answered = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(answered),
          text,
          body: text.startsWith('{') ? JSON.parse(text) : {},
        });
      });
    });
    request.once('error', reject);
    request.end(payload);
  });
}

function payloadOf(body: SendOptions['body']): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function lowerCase(headers: SentHeaders): SentHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function sentHeaders(headers: SentHeaders): { readonly [name: string]: string | string[] } {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'string' ? value : [...value]]],
    ),
  );
}
