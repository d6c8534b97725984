import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portico } from '#test/cli/portico.ts';
import { folderWith, HASH } from '#test/config/configured.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';

let slapd: Slapd;
beforeAll(async () => {
  slapd = await startSlapd();
});
afterAll(() => slapd.stop());

function configuration(users: object, groups: object = { without: '*' }): string {
  const { url, adminDn: bindDn, adminPassword: bindPassword, people, groups: base } = slapd;
  const corp = { adapter: 'ldap', url, bindDn, bindPassword };
  return JSON.stringify({
    server: { port: 0 },
    system: { backend: 'memory' },
    tenants: { acme: { backend: 'corp' } },
    backends: {
      memory: { adapter: 'memory' },
      corp: { ...corp, users: { base: people, ...users }, groups: { base, ...groups } },
    },
    auth: { tokens: [{ name: 'idp', tenant: 'acme', scopes: ['scim:read'], sha256: HASH }] },
  });
}

function check(yaml: string, ...flags: readonly string[]) {
  return portico('check', '--config', `${folderWith({ 'portico.yaml': yaml })}/portico.yaml`, ...flags);
}

describe('portico check of a directory', () => {
  test('tells without connecting which attributes have no place, the parts of e-mail addresses among them', async () => {
    const { code, err } = await check(configuration({}));
    expect(err).toMatch(/tenants\.acme\.backend: .* User attributes: externalId, .*emails\.type, emails\.primary/);
    expect(err).not.toMatch(/attributes: id|meta\./);
    expect(code).toBe(2);
  });

  test('--connect tells all that the server lacks, and what is taken on the word of the operator', async () => {
    const yaml = configuration({ overflow: 'porticoOverflow', unique: ['uid'], attributes: { title: 'titel' } });
    const { code, out, err } = await check(yaml, '--connect');
    expect(err).toContain('portico: backend corp lacks what tenant acme needs\n');
    expect(err).toContain(
      "  backends.corp.users.overflow: expected an attribute of the server's schema, got porticoOverflow; ",
    );
    expect(err).toContain('  backends.corp.users.attributes.title: ');
    expect(out).toContain('# backend corp, tenant acme: to be known\n#  backends.corp.users.unique: expected uid ');
    expect(out).toContain('# backend memory can serve');
    expect(out).not.toContain('# backend corp can serve');
    expect(code).toBe(1);
  });

  test('--connect ends well where the server has it all', async () => {
    const { code, out, err } = await check(configuration({ without: '*' }), '--connect');
    expect(out).toContain('# backend corp can serve');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

test('a start tells its log what a server lacks, and its requests are unavailable', async () => {
  const gateway = await startPortico(configuration({ overflow: 'porticoOverflow' }));
  await expect.poll(() => gateway.output(), { timeout: 20_000 }).toContain('a backend lacks what a tenant needs');
  expect(gateway.output()).toMatch(/"tenant":"acme","backend":"corp","path":"users.overflow"/);
  expect(await gateway.stop()).toBe(0);
});
