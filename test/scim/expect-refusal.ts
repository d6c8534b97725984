import { expect } from 'vitest';
import type { ScimAnswer } from '#test/support/scim-client.ts';

export interface Refused {
  readonly status: number;
  readonly scimType?: string;
  readonly detail?: RegExp;
}

/** What must never reach a client: a stack, a path of ours, a class of an error. */
const INTERNALS = /\bat \S+:\d+|node_modules|\.ts\b|TypeError|RangeError|\[object|undefined/;

/** An answer as RFC 7644 §3.12 has errors, and nothing else. */
export function expectRefusal(answer: ScimAnswer, { status, scimType, detail = /./ }: Refused): void {
  const body: { readonly [name: string]: unknown } = answer.body;
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers['content-type']).toBe('application/scim+json');
  expect(body).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: expect.stringMatching(detail),
  });
  expect(answer.text).not.toMatch(INTERNALS);
}
