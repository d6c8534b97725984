import { expect } from 'vitest';
import type { Body, ScimClient } from '#test/support/scim-client.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export async function createUser(client: ScimClient, userName: string, more: Body = {}): Promise<string> {
  const extensions = Object.keys(more).filter((name) => name.startsWith('urn:'));
  return created(client, '/Users', { schemas: [USER, ...extensions], userName, ...more });
}

export async function createGroup(
  client: ScimClient,
  displayName: string,
  members: readonly string[] = [],
): Promise<string> {
  return created(client, '/Groups', { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) });
}

async function created(client: ScimClient, path: string, body: Body): Promise<string> {
  const answer = await client.post(path, body);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body['id']);
}
