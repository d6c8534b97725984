import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import type { TestedAdapter } from './adapters.ts';
import { bodyOver, headersOver } from './as-answered-over.ts';
import type { Transcript } from './transcript.ts';
import { Variables } from './variables.ts';

/** What Node or the edge adds to every answer. */
const ALWAYS: ReadonlySet<string> = new Set([
  'cache-control',
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

/**
 * Replays a life cycle against one tenant: status, headers and body of each answer as a whole, then the state by later reads.
 * What the backend cannot do by itself is left out of what is expected.
 */
export function lifeCycle(
  client: ScimClient,
  token: string,
  abilities: TestedAdapter['supports'],
): (transcript: Transcript) => Promise<void> {
  const variables = new Variables({ base: client.baseUrl, token });
  const checkBody = (answer: ScimAnswer, recorded: Json) => {
    const template = bodyOver(abilities, recorded);
    const body = variables.align(template, answer.body);
    expect(body, answer.text).toStrictEqual(variables.expected(template, body));
  };
  const checkAnswer = (answer: ScimAnswer, { status, headers, body }: Transcript['response']) => {
    expect(answer.status, answer.text).toBe(status);
    checkBody(answer, body ?? {});
    const own = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !ALWAYS.has(name)));
    expect(own).toStrictEqual(variables.expected(headersOver(abilities, headers), own));
    expect(answer.text === '').toBe(body === undefined);
  };
  return async ({ request, response, then = [] }) => {
    const { method, body, times = 1 } = request;
    const [path, headers] = [variables.fill(request.path), variables.fill(request.headers)];
    const sent = body === undefined ? { headers } : { headers, body: variables.fill(body) };
    const answers = await Promise.all(Array.from({ length: times }, () => client.send(method, path, sent)));
    for (const answer of answers) checkAnswer(answer, response);
    for (const state of then) {
      const answer = await client.get(variables.fill(state.path));
      expect(answer.status, state.path).toBe(state.status);
      checkBody(answer, state.body);
    }
  };
}
