import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { TenantId } from '#model/resource.ts';
import { readTenantSdl } from '#src/cli/read-tenant-sdl.ts';
import { attribute, BADGE, badge, put, schemaPath } from '../admin/documents.ts';
import { openAdminGateway } from '../admin/gateway.ts';
import { folderWith, HASH, load } from '../config/configured.ts';
import { portico, Running } from './portico.ts';

const ADAPTER = fileURLToPath(new URL('../support/shared-adapter.ts', import.meta.url));
const ACME = 'acme' as TenantId;
const TOKEN = `auth: { tokens: [{ name: idp, tenant: acme, scopes: [scim:read], sha256: ${HASH} }] }`;
const FILES = { 'badge.json': JSON.stringify(badge(attribute('badge-number'))) };
const OWN = 'tenants: { acme: { schemas: [badge.json] }, zeta: {} }';

function served(url: string): Promise<string> {
  const headers = { authorization: 'Bearer acme-user' };
  return fetch(`${url}/graphql/schema.graphql`, { headers }).then((response) => response.text());
}

describe('portico schema', () => {
  test('prints what the gateway serves', async () => {
    const gateway = await openAdminGateway({ acme: '{ schemas: [badge.json] }', files: FILES });
    const folder = folderWith({ ...FILES, 'portico.yaml': `${OWN}\n${TOKEN}` });
    const printed = await portico('schema', '--tenant', 'acme', '--config', join(folder, 'portico.yaml'));
    expect(printed).toEqual({ code: 0, out: await served(gateway.url), err: '' });
    expect(printed.out).toContain('badgeNumber');
  });

  test('ends without a word where its reader has read enough', async () => {
    const command = `{ "${process.execPath}" src/main.ts schema; echo "code $?" >&2; } | head -c 10`;
    const { out, err } = await new Running('sh', ['-c', command], {}).ended();
    expect([out.length, err]).toEqual([10, 'code 0\n']);
  });

  test('knows what was set at run time, and gives the names that a gateway gives', async () => {
    const backends = `backends: { shared: { adapter: ${ADAPTER}, name: ${randomUUID()} } }`;
    const gateway = await openAdminGateway({ more: backends });
    await put(gateway.admin(), schemaPath(BADGE), badge(attribute('badge-number')));
    const other = BADGE.replace('acme', 'other');
    const files = { 'other.json': JSON.stringify({ ...badge(attribute('number')), id: other }) };
    const config = await load(
      `tenants: { acme: { schemas: [other.json] }, zeta: {} }\n${TOKEN}\n${backends}`,
      {},
      files,
    );
    const printed = await readTenantSdl(config, ACME);
    expect(printed).toContain('badge: BadgeUser');
    expect(printed).toContain('acmeBadge: AcmeBadgeUser');
    expect(await served(gateway.url)).toContain('acmeBadge: AcmeBadgeUser');
  });

  test('names a tenant that is not there, and the nearest one that is', async () => {
    const folder = folderWith({ ...FILES, 'portico.yaml': `${OWN}\n${TOKEN}` });
    const file = join(folder, 'portico.yaml');
    const misspelt = await portico('schema', '--tenant', 'acne', '--config', file);
    expect(misspelt).toMatchObject({ code: 2, out: '' });
    expect(misspelt.err).toContain('there is no tenant "acne"; did you mean "acme"?');
    expect((await portico('schema', '--config', file)).err).toContain('schema needs --tenant, one of acme, zeta');
  });

  test('fails and says why where _system cannot be read', async () => {
    const folder = folderWith({
      'portico.yaml': `tenants: { acme: {} }\n${TOKEN}\nbackends: { down: { adapter: ${ADAPTER}, name: ${randomUUID()}, down: 100 } }`,
    });
    const { code, out, err } = await portico('schema', '--config', join(folder, 'portico.yaml'));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('portico: the schemas of the tenant acme could not be read yet');
  });
});
