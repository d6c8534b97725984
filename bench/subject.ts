import { hash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCOPES } from '#model/principal.ts';
import { contentTypeFor } from './http-request.ts';
import { findFreePort, type PinnedServer, startPinned } from './pinned-server.ts';

/** The product as an operator starts it: authentication, request log and metrics on, nothing set that the case is not about. */
export interface Subject extends PinnedServer {
  readonly people: number;
  /** Sent with every request. */
  readonly authorization: string;
  readonly inspectorPort: number | undefined;
  /** @throws {Error} with the answer's text where the status is none of `expected` */
  send(method: string, path: string, body?: object, expected?: readonly number[]): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly json: unknown;
}

export interface SubjectOptions {
  readonly people: number;
  /** Of the demo that it is filled with; absent, its backend holds the people already. */
  readonly seed?: number;
  readonly core: number;
  /** With V8's inspector on a port of its own: for profiles and forced collection. */
  readonly inspect?: boolean;
  /** What a configuration file says beside address and credential; without it there is no file. */
  readonly config?: { readonly file: string; readonly keys: object };
}

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts');

export async function startSubject({ people, seed, core, inspect = false, config }: SubjectOptions): Promise<Subject> {
  const port = await findFreePort();
  const inspectorPort = inspect ? await findFreePort() : undefined;
  const token = randomBytes(24).toString('base64url');
  const demo = people > 0 && seed !== undefined ? ['--demo', String(people), '--seed', String(seed)] : [];
  if (config !== undefined) writeConfig(config, port, token);
  const server = await startPinned({
    core,
    port,
    args: [
      ...(inspect ? [`--inspect=127.0.0.1:${inspectorPort}`] : []),
      MAIN,
      'serve',
      ...(config ? ['--config', config.file] : []),
      ...demo,
    ],
    env: config ? {} : { PORTICO_TOKEN: token, PORTICO_HOST: '127.0.0.1', PORTICO_PORT: String(port) },
    readyPath: '/readyz',
  });
  const authorization = `Bearer ${token}`;
  return { ...server, people, authorization, inspectorPort, send: openSender(port, authorization) };
}

function writeConfig({ file, keys }: NonNullable<SubjectOptions['config']>, port: number, token: string): void {
  const entry = { name: 'bench', tenant: 'default', scopes: SCOPES, sha256: hash('sha256', token) };
  const server = { host: '127.0.0.1', port };
  writeFileSync(file, JSON.stringify({ server, auth: { tokens: [entry] }, ...keys }));
}

function openSender(port: number, authorization: string): Subject['send'] {
  return async (method, path, body, expected = [200, 201, 204]) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { Authorization: authorization, ...(body !== undefined && { 'Content-Type': contentTypeFor(path) }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!expected.includes(response.status)) {
      throw new Error(`${method} ${path} was answered ${response.status}: ${bytes.toString().slice(0, 500)}`);
    }
    const json: unknown = bytes.length === 0 ? undefined : JSON.parse(bytes.toString());
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', bytes, json };
  };
}
