import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { ENTERPRISE, GROUP, USER } from '../people.ts';

export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One entry of a BulkResponse. */
export interface Told {
  readonly method?: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly location?: string;
  readonly status: string;
  readonly response?: Body;
}

export function sendBulk(client: ScimClient, operations: readonly Json[], more: Body = {}): Promise<ScimAnswer> {
  return client.post('/Bulk', { schemas: [BULK_REQUEST], ...more, Operations: operations });
}

/** The entries of a bulk request that was carried out, in order. */
export async function bulk(client: ScimClient, operations: readonly Json[], more: Body = {}): Promise<readonly Told[]> {
  return toldIn(await sendBulk(client, operations, more));
}

export function toldIn(answer: ScimAnswer): readonly Told[] {
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body['schemas']).toStrictEqual([BULK_RESPONSE]);
  return answer.body['Operations'] as unknown as readonly Told[];
}

export function statuses(told: readonly Told[]): readonly string[] {
  return told.map(({ status }) => status);
}

export function idOf(told: Told | undefined): string {
  return told?.location?.slice(told.location.lastIndexOf('/') + 1) ?? '';
}

export function postUser(bulkId: string, userName = bulkId, more: Body = {}): Body {
  return { method: 'POST', path: '/Users', bulkId, data: { schemas: [USER], userName, ...more } };
}

export function managedBy(value: string): Body {
  return { [ENTERPRISE]: { manager: { value } } };
}

export function postGroup(bulkId: string, members: readonly string[], displayName = bulkId): Body {
  const data = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
  return { method: 'POST', path: '/Groups', bulkId, data };
}

export function patchOf(path: string, ...operations: readonly Body[]): Body {
  return { method: 'PATCH', path, data: { schemas: [PATCH_OP], Operations: operations } };
}

export function addMembers(path: string, ...members: readonly string[]): Body {
  return patchOf(path, { op: 'add', path: 'members', value: members.map((value) => ({ value })) });
}

export async function membersOf(client: ScimClient, group: string): Promise<readonly string[]> {
  const { body } = await client.get(`/Groups/${group}`);
  const members = (body['members'] ?? []) as unknown as readonly { readonly value: string }[];
  return members.map(({ value }) => value).sort();
}

export async function managerOf(client: ScimClient, user: string): Promise<string | undefined> {
  const { body } = await client.get(`/Users/${user}`);
  const enterprise = body[ENTERPRISE] as unknown as { readonly manager?: { readonly value: string } } | undefined;
  return enterprise?.manager?.value;
}

export async function count(client: ScimClient, path: string): Promise<number> {
  return Number((await client.get(`${path}?count=0`)).body['totalResults']);
}
