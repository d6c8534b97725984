import { expect, test } from 'vitest';
import { tokenSha256 } from '#config/token.ts';
import { GROUP, USER } from '#test/scim/people.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';

test('what is let pass has a line in the log: where, who and whose request, and never an address', async () => {
  const portico = await startPortico(`
server: { port: 0, drainSeconds: 0 }
tenants: { acme: { lifeCycle: { references: lenient } } }
auth: { tokens: [{ name: idp, tenant: acme, scopes: [scim:read, scim:write], sha256: ${tokenSha256('let-me-in')} }] }`);
  const client = scimClient(`${portico.url}/scim/v2`, 'let-me-in');
  const emails = [{ value: 'secret person' }];
  const user = await client.post('/Users', { schemas: [USER], userName: 'ada', emails });
  const group = await client.post('/Groups', { schemas: [GROUP], displayName: 'G', members: [{ value: 'gone' }] });
  expect([user.status, group.status]).toEqual([201, 201]);
  expect(await portico.stop()).toBe(0);
  const lines = portico
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line));
  const warnings = lines.filter(({ level }) => level === 40);
  const who = { tenant: 'acme', actor: 'idp', requestId: expect.any(String) };
  expect(warnings).toMatchObject([
    { ...who, msg: 'malformed e-mail accepted', resourceType: 'User', id: user.body['id'], paths: ['emails[0].value'] },
    { ...who, msg: 'unknown references dropped', resourceType: 'Group', id: group.body['id'], ids: ['gone'] },
  ]);
  for (const { requestId } of warnings) {
    expect(lines.filter((line) => line['requestId'] === requestId && line['face'] === 'scim')).toHaveLength(1);
  }
  expect(portico.output()).not.toContain('secret person');
});
