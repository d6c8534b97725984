import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { Json } from '#model/resource.ts';
import { contractShape, draftOf } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';
import { SCHEMA } from './directory.ts';

const LOCKS = `ou=locks,${SUFFIX}`;
const LOCKS_ENTRY = `dn: ${LOCKS}\nobjectClass: organizationalUnit\nou: locks\n`;
const BREAK_AFTER_MS = 1_000;

/** People are named by random values, so that nothing but uniqueness keeps two of one user name apart. */
function optionsOf({ url, people, groups, adminDn, adminPassword }: Slapd, users: object = {}, others: object = {}) {
  return {
    url,
    bindDn: adminDn,
    bindPassword: adminPassword,
    users: {
      base: people,
      objectClasses: ['inetOrgPerson', 'porticoResource'],
      rdn: 'porticoName',
      without: '*',
      ...users,
    },
    groups: { base: groups, without: '*' },
    ...others,
  };
}

const withLock = { lock: { base: LOCKS, breakAfterMs: BREAK_AFTER_MS } };

async function gateway(options: unknown): Promise<Subject> {
  const adapter = await ldap.open(ldap.options.parse(options), contractShape);
  onTestFinished(() => adapter.close());
  return new Subject(adapter);
}

/** Creates at once by several gateways: how many succeed, and the codes of the others. */
async function race(gateways: readonly Subject[], attributes: (i: number) => { readonly [name: string]: string }) {
  const creates = Array.from({ length: 50 }, (_, i) => {
    const { adapter } = gateways[i % gateways.length] as Subject;
    const { mail, ...own } = attributes(i);
    const draft = draftOf('User', { ...own, ...(mail !== undefined && { emails: [{ value: mail }] }) });
    const keys = mail === undefined ? [] : [{ attribute: 'emails.value', value: mail }];
    const unique = { ...draft, uniqueKeys: [...draft.uniqueKeys, ...keys] };
    return adapter.write(callOf(), [{ kind: 'create', type: 'User', draft: unique }]);
  });
  const answers = (await Promise.all(creates)).flat();
  const refused = answers.flatMap((answer) => ('code' in answer ? [answer.code] : []));
  return { created: answers.length - refused.length, refused: [...new Set(refused)] };
}

const ONE_WINNER = { created: 1, refused: ['UNIQUENESS'] };

describe('50 creates of one value at once, by two gateways', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ global: `include ${SCHEMA}`, ldif: LOCKS_ENTRY });
  });
  afterAll(() => slapd.stop());

  test('give one success under locks, be it a user name or an e-mail address, and no lock stays', async () => {
    const gateways = [await gateway(optionsOf(slapd, {}, withLock)), await gateway(optionsOf(slapd, {}, withLock))];
    expect(await race(gateways, () => ({ userName: 'ada' }))).toEqual(ONE_WINNER);
    expect(await race(gateways, (i) => ({ userName: `u${i}`, mail: 'one@example.com' }))).toEqual(ONE_WINNER);
    expect(await slapd.ldapsearch('(objectClass=organizationalRole)')).toBe('');
  });

  test('give one success by the overlay', async () => {
    const guarded = await startSlapd({ global: `include ${SCHEMA}`, unique: ['uid', 'mail'] });
    onTestFinished(() => guarded.stop());
    const options = optionsOf(guarded, { unique: ['uid', 'mail'] });
    const gateways = [await gateway(options), await gateway(options)];
    expect(await race(gateways, () => ({ userName: 'ada' }))).toEqual(ONE_WINNER);
    expect(await race(gateways, (i) => ({ userName: `u${i}`, mail: 'one@example.com' }))).toEqual(ONE_WINNER);
  });

  test('give one success of one gateway without either, whose server is then told not to guard between two', async () => {
    const alone = await gateway(optionsOf(slapd));
    expect(await race([alone], () => ({ userName: 'bob' }))).toEqual(ONE_WINNER);
    const { notices } = (await alone.adapter.inspect?.(callOf())) ?? { notices: [] };
    expect(notices).toMatchObject([{ path: 'users.unique', expected: expect.stringMatching(/between gateways/) }]);
  });

  test('cost one lock between them, and a create under one costs two operations more', async () => {
    const subject = await gateway(optionsOf(slapd, {}, withLock));
    await subject.find('User');
    const one = await slapd.countOperations(() => subject.user('cyd'));
    expect(one).toEqual({ ADD: 2, SRCH: 1, DEL: 1 });
    const { ADD, DEL } = await slapd.countOperations(() => race([subject], () => ({ userName: 'dan' })));
    expect({ ADD, DEL }).toEqual({ ADD: 2, DEL: 1 });
  });

  test('are no matter of writes that bring nothing new', async () => {
    const subject = await gateway(optionsOf(slapd, {}, withLock));
    const user = await subject.user('eve');
    const { ADD, DEL } = await slapd.countOperations(() => subject.change(user, { title: 'T' }));
    expect({ ADD, DEL }).toEqual({ ADD: undefined, DEL: undefined });
    const renamed = await slapd.countOperations(async () => {
      await subject.change(await subject.now(user), { userName: 'eva' });
    });
    expect(renamed).toMatchObject({ ADD: 1, DEL: 1 });
  });
});

describe('a lock that a crash has left', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ global: `include ${SCHEMA}`, ldif: LOCKS_ENTRY });
  });
  afterAll(() => slapd.stop());

  const create = (subject: Subject, timeoutMs: number) => {
    const call = callOf({ deadline: Date.now() + timeoutMs });
    return subject.adapter.write(call, [subject.createOf('User', { userName: 'ada' })]);
  };

  test('keeps others away until it has been seen for long enough, and then is dropped', async () => {
    const subject = await gateway(optionsOf(slapd, {}, withLock));
    await subject.delete(await subject.user('ada'));
    const [, dn = ''] = /ADD dn="(cn=[0-9a-f]{64},[^"]+)"/.exec(slapd.log()) ?? [];
    const [, name = ''] = /^cn=([0-9a-f]+),/.exec(dn) ?? [];
    await slapd.ldapmodify(`dn: ${dn}\nobjectClass: organizationalRole\ncn: ${name}\ndescription: first\n`);
    const busy = { code: 'UNAVAILABLE', message: expect.stringMatching(/same unique value/), retryAfterMs: 1_000 };
    expect(await create(subject, 200)).toMatchObject([busy]);
    await wait(BREAK_AFTER_MS);
    // Whoever has it now has had it for no time at all.
    await slapd.ldapmodify(`dn: ${dn}\nchangetype: modify\nreplace: description\ndescription: second\n`);
    expect(await create(subject, 200)).toMatchObject([busy]);
    expect(await slapd.ldapsearch('(description=second)', '1.1')).toContain(name);
    await wait(BREAK_AFTER_MS);
    expect(await create(subject, 5_000)).toMatchObject([{ changed: true }]);
    expect(await slapd.ldapsearch('(objectClass=organizationalRole)')).toBe('');
  });
});

describe('a lock', () => {
  test('needs a place, which is told by name', async () => {
    const slapd = await startSlapd({ global: `include ${SCHEMA}` });
    onTestFinished(() => slapd.stop());
    const subject = await gateway(optionsOf(slapd, {}, withLock));
    await expect(subject.find('User')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/lock\.base: expected/),
    });
    expect(() => ldap.options.parse(optionsOf(slapd, {}, { lock: { base: 'nowhere' } }))).toThrow(/lock\.base/);
  });
});

describe('a value that the server refuses by 19', () => {
  const PORTICO = `cn=portico,${SUFFIX}`;
  let slapd: Slapd;
  let subject: Subject;
  beforeAll(async () => {
    slapd = await startSlapd({
      global: `include ${SCHEMA}`,
      ppolicy: true,
      unique: ['uid', 'mail'],
      database: `access to * by dn.exact="${PORTICO}" write by anonymous auth by * read`,
      ldif: `dn: ${PORTICO}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: portico\nuserPassword: portico\n`,
    });
    await slapd.ldapmodify(
      `dn: cn=policy,${SUFFIX}\nchangetype: modify\nadd: pwdCheckQuality\npwdCheckQuality: 2\n-\nadd: pwdMinLength\npwdMinLength: 8\n`,
    );
    const users = { unique: ['uid', 'mail'], password: { scheme: 'clear' } };
    const options = { ...optionsOf(slapd, users), bindDn: PORTICO, bindPassword: 'portico' };
    subject = new Subject(await ldap.open(ldap.options.parse(options), contractShape));
    await subject.user('ada', { emails: [{ value: 'ada@example.com' }] });
  });
  afterAll(async () => {
    await subject.adapter.close();
    await slapd.stop();
  });

  async function refusal(userName: string, mail: string, password: string) {
    const operation = subject.createOf('User', { userName, emails: [{ value: mail }] });
    const draft = { ...operation.draft, secrets: { password } };
    const [answer] = await subject.adapter.write(callOf(), [{ ...operation, draft }]);
    return answer;
  }

  test('is named: the user name, the e-mail address, or the password that a policy refuses', async () => {
    const taken = (path: string) => ({ code: 'UNIQUENESS', faults: [{ path }] });
    expect(await refusal('ada', 'other@example.com', 'long enough')).toMatchObject(taken('userName'));
    expect(await refusal('bob', 'ada@example.com', 'long enough')).toMatchObject(taken('emails'));
    expect(await refusal('bob', 'bob@example.com', 'short')).toMatchObject({
      code: 'INVALID_VALUE',
      faults: [{ path: 'password' }],
    });
    expect(await refusal('bob', 'bob@example.com', 'long enough')).toMatchObject({ changed: true });
  });

  test('is named in a change as well, where an entry that is no person holds it', async () => {
    await slapd.ldapmodify(`dn: uid=robot,ou=people,${SUFFIX}\nobjectClass: account\nuid: robot\n`);
    const user = await subject.user('cyd');
    const present = await subject.now(user);
    const draft = draftOf('User', { ...present.attributes, userName: 'robot' });
    const change = { kind: 'update', type: 'User', id: user.id, content: { before: present, draft } } as const;
    expect(await subject.adapter.write(callOf(), [change])).toMatchObject([
      { code: 'UNIQUENESS', ids: [], faults: [{ path: 'userName' }] },
    ]);
    const again = {
      ...change,
      content: { before: present, draft: { ...draftOf('User', present.attributes), secrets: { password: 'short' } } },
    };
    expect(await subject.adapter.write(callOf(), [again])).toMatchObject([
      { code: 'INVALID_VALUE', faults: [{ path: 'password' }] },
    ]);
  });
});

test('two gateways as processes of their own give 50 creates of one user name one success', async () => {
  const token = 'a-token-of-the-tests-for-uniqueness';
  const slapd = await startSlapd({ global: `include ${SCHEMA}`, ldif: LOCKS_ENTRY });
  onTestFinished(() => slapd.stop());
  const configuration = JSON.stringify({
    server: { port: 0, drainSeconds: 0 },
    system: { backend: 'memory' },
    tenants: { acme: { backend: 'corp', lifeCycle: { uniqueEmails: true } } },
    backends: {
      memory: { adapter: 'memory' },
      corp: { adapter: 'ldap', ...optionsOf(slapd, {}, { lock: { base: LOCKS } }) },
    },
    auth: {
      tokens: [{ name: 'idp', tenant: 'acme', scopes: ['scim:read', 'scim:write'], sha256: hash('sha256', token) }],
    },
  });
  const processes = await Promise.all([startPortico(configuration), startPortico(configuration)]);
  onTestFinished(async () => {
    await Promise.all(processes.map((each) => each.stop()));
  });
  const clients = processes.map(({ url }) => scimClient(`${url}/scim/v2`, token));
  const statuses = async (bodyOf: (i: number) => Json) => {
    const all = Array.from({ length: 50 }, (_, i) => clients[i % 2]?.post('/Users', bodyOf(i)));
    return (await Promise.all(all)).map((answer) => answer?.status).sort();
  };
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const oneOf50 = [201, ...Array.from({ length: 49 }, () => 409)];
  expect(await statuses(() => ({ schemas, userName: 'ada' }))).toEqual(oneOf50);
  const emails = [{ value: 'one@example.com' }];
  expect(await statuses((i) => ({ schemas, userName: `u${i}`, emails }))).toEqual(oneOf50);
}, 60_000);
