import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
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
  'vary',
  'x-request-id',
]);

/** Replays a life cycle against one tenant: status, headers and body of each answer as a whole, then the state by later reads. */
export function lifeCycle(client: ScimClient): (transcript: Transcript) => Promise<void> {
  const variables = new Variables(client.baseUrl);
  return async ({ request, response, then = [] }) => {
    const { method, headers, body } = request;
    const path = variables.fill(request.path);
    const sent = body === undefined ? { headers } : { headers, body: variables.fill(body) };
    checkAnswer(variables, await client.send(method, path, sent), response);
    for (const state of then) {
      const answer = await client.get(variables.fill(state.path));
      expect(answer.status, state.path).toBe(state.status);
      checkBody(variables, answer, state.body);
    }
  };
}

function checkAnswer(variables: Variables, answer: ScimAnswer, expected: Transcript['response']): void {
  const own = Object.entries(answer.headers).filter(([name]) => !ALWAYS.has(name));
  expect(answer.status, answer.text).toBe(expected.status);
  checkBody(variables, answer, expected.body ?? {});
  const headers = Object.fromEntries(own);
  expect(headers).toStrictEqual(variables.expected(expected.headers, headers));
  expect(answer.text === '').toBe(expected.body === undefined);
}

function checkBody(variables: Variables, answer: ScimAnswer, template: Json): void {
  const body = variables.align(template, answer.body);
  expect(body, answer.text).toStrictEqual(variables.expected(template, body));
}
