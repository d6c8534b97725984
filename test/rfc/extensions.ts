import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { USER } from '../scim/people.ts';
import { type Shown, shown } from './answers.ts';

/** test/rfc/schemas/probe.json: an attribute for each type and characteristic. */
export const PROBE = 'urn:example:params:scim:schemas:extension:probe:2.0:User';
/** test/rfc/schemas/twin.json: some names of the probe's and of the enterprise extension's, with other types. */
export const TWIN = 'urn:example:params:scim:schemas:extension:twin:2.0:User';
/** test/rfc/schemas/payroll.json: a required extension with a required `account`. */
export const PAYROLL = 'urn:example:params:scim:schemas:extension:payroll:2.0:User';

/** The settings of a tenant with the probe. */
export const PROBED = { schemas: ['probe.json'] };

/** A user with these attributes of the probe. */
export async function createProbed(scim: ScimClient, userName: string, probe: Body): Promise<Shown> {
  return shown(await scim.post('/Users', probed(userName, probe)));
}

export function probed(userName: string, probe: Body): Json {
  return { schemas: [USER, PROBE], userName, [PROBE]: probe };
}

/** The extension's part of a resource; empty where there is none. */
export function probeOf(resource: Shown, urn = PROBE): { readonly [name: string]: Json } {
  return (resource[urn] ?? {}) as { readonly [name: string]: Json };
}
