/** The rest of the pitfalls of ldapts' Client, those of results and requests; see connections.test.ts for how it is to be read. */
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { type Slapd, startSlapd } from '../../support/slapd.ts';
import { ldapCall } from '../call.ts';
import { person } from '../person.ts';

const MANY = 200_000;
const MIB = 2 ** 20;

describe('pitfalls of results', () => {
  let slapd: Slapd;
  let pool: LdapPool;
  let client: Client;
  beforeAll(async () => {
    slapd = await startSlapd();
    const bind = { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword } as const;
    pool = openPool({ urls: [slapd.url], bind });
    client = new Client({ url: slapd.url });
    await client.bind(slapd.adminDn, slapd.adminPassword);
  });
  afterAll(async () => {
    await Promise.all([pool.close(), client.unbind()]);
    await slapd.stop();
  });

  describe('6: a result of more entries than a call has arguments', () => {
    let crowd: Server;
    beforeAll(async () => {
      crowd = crowdServer();
      await new Promise<void>((resolve) => crowd.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => new Promise((resolve) => crowd.close(resolve)));
    const url = () => `ldap://127.0.0.1:${(crowd.address() as AddressInfo).port}`;

    test('stock: breaks the process that asked', async () => {
      const script = `import { Client } from 'ldapts';
        await new Client({ url: '${url()}' }).search('dc=x', { filter: '(uid=*)' });`;
      const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 25_000 });
      await expect(run).rejects.toThrow(/RangeError: Maximum call stack size exceeded/);
    });

    test('ours: all of them come', async () => {
      const many = openPool({ urls: [url()], timeoutMs: 25_000 });
      let count = 0;
      const request = { base: 'dc=x', scope: 'sub', filter: '(uid=*)', attributes: ['1.1'] } as const;
      await many.stream(ldapCall(), request, () => {
        count += 1;
      });
      expect(count).toBe(MANY);
      await many.close();
    });
  });

  describe('7: a request of more than 16 MiB', () => {
    const value = 'x'.repeat(17 * MIB);
    const dn = 'ou=people,dc=example,dc=com';

    test('stock: an error of its encoder, without a code', async () => {
      const adding = client.add(`uid=big,${dn}`, { description: value });
      await expect(adding).rejects.toThrow(/too long/);
    });

    test('ours: says that it is too large, and was not sent', async () => {
      const adding = pool.add(ldapCall(), { dn: `uid=big,${dn}`, attributes: { description: [value] } });
      await expect(adding).rejects.toMatchObject({ name: 'DirectoryError', code: 'TOO_LARGE' });
    });
  });

  describe('9: one value, several, none', () => {
    const names = ['mail', 'title', 'pager'];
    beforeAll(async () => {
      const { dn, attributes } = person('ada');
      const mail = ['a@example.com', 'b@example.com'];
      await pool.add(ldapCall(), { dn, attributes: { ...attributes, mail, title: ['T'] } });
    });

    test('stock: a text, a list, an empty list, so that the first value of one is a letter', async () => {
      const { searchEntries } = await client.search(slapd.people, { filter: '(uid=ada)', attributes: names });
      expect(searchEntries[0]).toMatchObject({ title: 'T', pager: [] });
      expect(searchEntries[0]?.['mail']).toEqual(expect.arrayContaining(['b@example.com']));
    });

    test('stock: the code of a refusal is not in its message', async () => {
      const failure: unknown = await client.del('uid=nobody,dc=example,dc=com').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 32 });
      expect(String(failure)).not.toContain('32');
    });

    test('ours: a list each', async () => {
      const request = { base: slapd.people, scope: 'sub', filter: '(uid=ada)', attributes: names } as const;
      const { entries } = await pool.search(ldapCall(), request);
      expect(names.map((name) => entries[0]?.strings(name).length)).toEqual([2, 1, 0]);
    });

    test('ours: the code stands in the message', async () => {
      await expect(pool.delete(ldapCall(), { dn: 'uid=nobody,dc=example,dc=com' })).rejects.toThrow('32');
    });
  });
});

/** Answers every message with as many entries as a large directory has; slapd would take a while to be filled with them. */
function crowdServer(): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      // LDAPMessage ::= SEQUENCE { messageID INTEGER, ... }; short lengths, as such a request has.
      const id = request.subarray(2, 4 + (request[3] ?? 0));
      const entry = message(id, Buffer.from([0x64, 0x06, 0x04, 0x02, 0x63, 0x3d, 0x30, 0x00]));
      const done = message(id, Buffer.from([0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]));
      socket.write(Buffer.concat([...Array.from({ length: MANY }, () => entry), done]));
    });
  });
}

function message(id: Buffer, operation: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, id.length + operation.length]), id, operation]);
}
