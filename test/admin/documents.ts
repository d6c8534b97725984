import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '../support/scim-client.ts';

export const BADGE = 'urn:acme:params:scim:schemas:extension:badge:1.0:User';
export const DEVICE = 'urn:acme:params:scim:schemas:core:1.0:Device';

type Facts = { readonly [characteristic: string]: Json };

export const attribute = (name: string, facts: Facts = {}): Json => ({ name, type: 'string', ...facts });

/** An extension of User with these attributes. */
export function badge(...attributes: readonly Json[]): Body {
  return { id: BADGE, name: 'Badge', attributes };
}

export function device(facts: Facts = {}): Body {
  return { name: 'Device', endpoint: '/Devices', schema: DEVICE, ...facts };
}

export const schemaPath = (urn: string) => `/schemas/${encodeURIComponent(urn)}`;

/** Sets it, which has to succeed. */
export async function put(admin: ScimClient, path: string, document: Body): Promise<Body> {
  const { status, body, text } = await admin.put(path, document);
  if (status !== 200 && status !== 201) throw new Error(`${status} ${text}`);
  return body;
}

/** Creates a user, who has to be created, with what the extension says of him. */
export async function createUser(scim: ScimClient, userName: string, extension?: Body): Promise<string> {
  const { status, body, text } = await scim.post('/Users', { userName, ...(extension && { [BADGE]: extension }) });
  if (status !== 201) throw new Error(`${status} ${text}`);
  return String(body['id']);
}
