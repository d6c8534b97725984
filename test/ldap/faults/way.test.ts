import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGroup, createUser, USER } from '#test/scim/people.ts';
import { makeCertificates } from '#test/support/certificates.ts';
import type { ScimAnswer } from '#test/support/scim-client.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts';
import { type DirectoryGateway, startDirectory, startGateway, untilServed } from './gateway.ts';
import { secretsOf } from './load.ts';

/** What one operation of the directory may take; a busy machine needs some of it. */
const OPERATION_MS = 1_000;
/** Tags of messages: RFC 4511 §4.7 and §4.6. */
const [ADD, ADDED, MODIFY] = [0x68, 0x69, 0x66];

describe('what may happen on the way to a directory', { timeout: 120_000 }, () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let gateway: DirectoryGateway;
  let ada: string;
  let team: string;
  beforeAll(async () => {
    slapd = await startDirectory();
    proxy = await startTcpProxy(slapd.port);
    const url = `ldap://127.0.0.1:${proxy.port}`;
    gateway = await startGateway(slapd, { url, timeoutMs: OPERATION_MS }, { deadlineSeconds: 5 });
    ada = await createUser(gateway.scim, 'ada', { title: 'Countess' });
    team = await createGroup(gateway.scim, 'Team', [ada]);
  });
  beforeEach(() => untilServed(gateway.scim));
  afterEach(() => {
    slapd.resume();
    proxy.delayMs = 0;
    proxy.change = undefined;
    proxy.holdMs = undefined;
    proxy.seen = undefined;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await proxy.close();
    await slapd.stop();
  });

  const read = () => gateway.scim.get(`/Users/${ada}`);
  const create = (userName: string) => gateway.scim.post('/Users', { schemas: [USER], userName });
  const entries = async (userName: string) =>
    (await slapd.ldapsearch(`(uid=${userName})`, '1.1')).match(/^dn:/gm)?.length ?? 0;
  const deep = () => gateway.graphql(`{ group(by: { id: "${team}" }) { members { nodes { displayName } } } }`);

  function expectRefusal({ status, headers, text }: ScimAnswer): void {
    expect([status, text]).toEqual([503, expect.any(String)]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(secretsOf(slapd).filter((secret) => text.includes(secret))).toEqual([]);
  }

  test('a server that is stopped costs each request the time of one operation, and serves on when it goes on', async () => {
    slapd.pause();
    const begun = performance.now();
    const answers = await Promise.all([...Array.from({ length: 20 }, read), create('paused')]);
    for (const answer of answers) expectRefusal(answer);
    const { errors = [] } = await deep();
    expect(errors.map(({ extensions: { code } }) => code)).toEqual([expect.stringMatching(/^(TIMEOUT|UNAVAILABLE)$/)]);
    expect(performance.now() - begun).toBeLessThan(10_000);
    slapd.resume();
    await untilServed(gateway.scim);
    expect(await entries('paused')).toBe(0);
  });

  test('a server that stops at a write: the outcome is unknown, and the write happens once when it goes on', async () => {
    proxy.holdMs = (chunk) => {
      if (!holds(chunk, ADD)) return 0;
      slapd.pause();
      return 50;
    };
    const answer = await create('stopped');
    expectRefusal(answer);
    expect(answer.body['detail']).toMatch(/did not say whether/);
    slapd.resume();
    await expect.poll(() => entries('stopped'), { timeout: 10_000 }).toBe(1);
  });

  test.each([
    ['create', ADD, () => create('overdue'), '(uid=overdue)'],
    [
      'change',
      MODIFY,
      () => gateway.scim.patch(`/Users/${ada}`, [{ op: 'add', path: 'title', value: 'Late' }]),
      '(title=Late)',
    ],
  ])('a %s that is late on its way is not called undone because nobody finds it yet', async (_, tag, write, filter) => {
    proxy.holdMs = (chunk) => (holds(chunk, tag) ? OPERATION_MS + 1_500 : 0);
    const answer = await write();
    expectRefusal(answer);
    expect(answer.body['detail']).toMatch(/did not say whether/);
    await expect.poll(() => slapd.ldapsearch(filter, '1.1'), { timeout: 10_000 }).toMatch(/^dn:/);
  });

  test('a write that is done is not called undone because what is shown beside it cannot be read', async () => {
    proxy.change = (chunk) => {
      if (holds(chunk, ADDED)) slapd.pause();
      return chunk;
    };
    const answer = await create('done');
    expectRefusal(answer);
    slapd.resume();
    const [, id] = /^entryUUID: (.+)$/m.exec(await slapd.ldapsearch('(uid=done)', 'entryUUID')) ?? [];
    expect(answer.body['detail']).toBe(
      `the write is done, but what it has left cannot be shown now; read the resource (id ${id})`,
    );
  });

  test('a slow server answers what it always answers', async () => {
    const whole = await read();
    proxy.delayMs = 300;
    const answers = await Promise.all(Array.from({ length: 10 }, read));
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => whole.body));
    const created = await create('slow');
    expect(created.status).toBe(201);
    expect(await entries('slow')).toBe(1);
  });

  test('a reset in the middle of a message: reads are right, and a create is there once', async () => {
    const [whole, list] = [await read(), await gateway.scim.get('/Users?filter=userName%20eq%20%22ada%22')];
    for (const bytes of [1, 40, 200]) {
      proxy.resetAfter(bytes);
      const answers = await Promise.all([read(), read(), gateway.scim.get('/Users?filter=userName%20eq%20%22ada%22')]);
      expect(answers.map(({ body }) => body)).toEqual([whole.body, whole.body, list.body]);
    }
    proxy.seen = (chunk) => {
      if (holds(chunk, ADD)) proxy.resetAfter(3);
    };
    expect((await create('cut')).status).toBe(201);
    expect(await entries('cut')).toBe(1);
  });

  test('answers that are lost without a word cost the time of an operation; the next connection serves', async () => {
    proxy.change = () => null;
    expectRefusal(await read());
    const answer = await create('dropped');
    expectRefusal(answer);
    proxy.change = undefined;
    await untilServed(gateway.scim);
  });

  test('the log has the cause of a refusal', async () => {
    await slapd.kill();
    expectRefusal(await read());
    await slapd.start();
    // What is met depends on whether the gateway has seen the end already.
    const line =
      /"reason":"the (connection to the )?directory [^\n]*"err":\{[^\n]*(the connection to the directory ended|ECONNREFUSED|ECONNRESET)/;
    await expect.poll(() => gateway.portico.output(), { timeout: 10_000 }).toMatch(line);
  });
});

test('a certificate that was replaced by one of another authority is refused until it is put right', {
  timeout: 120_000,
}, async () => {
  const [good, bad] = await Promise.all([makeCertificates('/CN=portico'), makeCertificates('/CN=other')]);
  const right = { cert: readFileSync(good.files.cert), key: readFileSync(good.files.key) };
  const wrong = { cert: readFileSync(bad.files.cert), key: readFileSync(bad.files.key) };
  const slapd = await startDirectory({ tls: good.files });
  {
    await using gateway = await startGateway(slapd, { url: slapd.ldapsUrl, tls: { ca: good.ca } });
    const read = () => gateway.scim.get('/Users?count=0');
    const restartWith = async ({ cert, key }: typeof right) => {
      writeFileSync(good.files.cert, cert);
      writeFileSync(good.files.key, key);
      await slapd.end();
      await slapd.start();
    };
    await restartWith(wrong);
    await expect
      .poll(async () => (await read()).body['detail'], { timeout: 10_000 })
      .toMatch(
        /^the directory cannot be reached \((UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE|SELF_SIGNED_CERT_IN_CHAIN)\)$/,
      );
    expect((await read()).status).toBe(503);
    await restartWith(right);
    await untilServed(gateway.scim);
  }
  await slapd.stop();
  for (const each of [good, bad]) each.remove();
});

/** Whether a chunk begins with a message of that kind: a sequence, its length, the message id, what it is. RFC 4511 §4.1.1 */
function holds(chunk: Buffer, tag: number): boolean {
  const length = chunk[1] ?? 0;
  const id = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return chunk[id + 2 + (chunk[id + 1] ?? 0)] === tag;
}
