import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import type { FuzzRequest } from './target.ts';

/** Long past what any of these requests takes, on a busy machine too. */
const HANG_MS = 10_000;

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** RFC 7644 §3.12 table 9, RFC 9865 §2.1. */
// biome-ignore format: a table reads by column
const SCIM_TYPES = new Set<unknown>([
  undefined, 'invalidFilter', 'tooMany', 'uniqueness', 'mutability', 'invalidSyntax', 'invalidPath', 'noTarget',
  'invalidValue', 'invalidVers', 'sensitive', 'invalidCursor', 'expiredCursor', 'invalidCount',
]);

export interface Judge {
  /** @throws {Error} where there is no answer in time, an answer of 5xx other than 501, or an error that is not SCIM's */
  judge(request: FuzzRequest): Promise<ScimAnswer>;
  /** Milliseconds that the answer took. @throws as `judge` */
  time(request: FuzzRequest): Promise<number>;
}

/** `ids` are filled in where a request names them. */
export function openJudge(client: ScimClient, ids: { readonly user: string; readonly group: string }): Judge {
  const fill = (text: string) => text.replaceAll('{user}', ids.user).replaceAll('{group}', ids.group);
  const send = async ({ method, path, body, headers = {} }: FuzzRequest): Promise<ScimAnswer> => {
    const payload = typeof body === 'string' ? fill(body) : body;
    const answer = client.send(method, fill(path), payload === undefined ? { headers } : { body: payload, headers });
    return withinTime(answer, `${method} ${path}`);
  };
  return {
    async judge(request) {
      const answer = await send(request);
      checkAnswer(request, answer);
      return answer;
    },
    async time(request) {
      const start = performance.now();
      const answer = await send(request);
      const took = performance.now() - start;
      checkAnswer(request, answer);
      return took;
    },
  };
}

async function withinTime<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${HANG_MS} ms: ${what}`)), HANG_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function checkAnswer({ method }: FuzzRequest, { status, headers, body, text }: ScimAnswer): void {
  if (status >= 500 && status !== 501) throw new Error(`${status}: ${text}`);
  if (status < 400 || method === 'HEAD') return;
  if (!headers['content-type']?.startsWith('application/scim+json')) {
    throw new Error(`${status} as ${headers['content-type']}: ${text}`);
  }
  const [schema] = Array.isArray(body['schemas']) ? body['schemas'] : [];
  if (schema !== ERROR || body['status'] !== String(status) || !SCIM_TYPES.has(body['scimType'])) {
    throw new Error(`${status} is no error of RFC 7644 §3.12: ${text}`);
  }
}
