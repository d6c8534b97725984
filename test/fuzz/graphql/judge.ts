/** Long past what any of these requests takes, on a busy machine too. */
const HANG_MS = 10_000;

/** What an answer must never hold: traces, paths, the names of modules. */
const INTERNALS = /node_modules|\bat [A-Za-z.]+ \(|\.ts:\d/;

export interface GraphqlJudge {
  /** `ms` of each answer, in order. */
  readonly times: readonly number[];
  /** Whether the answer has data. @throws {Error} where it is late, an answer of 5xx, no GraphQL, or tells of a bug */
  judge(body: string): Promise<boolean>;
}

interface Answer {
  readonly data?: object | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[];
}

/** `url` is that of the gateway. */
export function openGraphqlJudge(url: string, token: string): GraphqlJudge {
  const times: number[] = [];
  return {
    times,
    async judge(body) {
      const begun = performance.now();
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body,
        signal: AbortSignal.timeout(HANG_MS),
      });
      const text = await response.text();
      times.push(performance.now() - begun);
      return checkAnswer(response, text);
    },
  };
}

function checkAnswer({ status, headers }: Response, text: string): boolean {
  if (status >= 500) throw new Error(`${status}: ${text}`);
  const type = headers.get('content-type') ?? '';
  if (!/^application\/(graphql-response\+)?json/.test(type)) throw new Error(`${status} as ${type}: ${text}`);
  const { data, errors } = JSON.parse(text) as Answer;
  if (data === undefined && errors === undefined) throw new Error(`${status} has neither data nor errors: ${text}`);
  for (const { message, extensions } of errors ?? []) {
    const code = extensions?.code;
    if (typeof code !== 'string') throw new Error(`an error without a code: ${text}`);
    if (code === 'INTERNAL_SERVER_ERROR' || INTERNALS.test(message)) throw new Error(`${status}, a bug: ${text}`);
  }
  return data !== undefined && data !== null;
}
