import { afterEach, expect, test } from 'vitest';
import type { DirectoryAdapter, Write } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Body, ScimAnswer } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';

let gateway: ScimGateway;
afterEach(() => gateway.close());

/** Updates have no answer; what was asked for becomes what `carriedOut` makes of it. */
function withoutAnswer(carriedOut: (operation: Write) => readonly Write[]) {
  return (adapter: DirectoryAdapter): DirectoryAdapter =>
    new Proxy(adapter, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name !== 'write') return member.bind(target);
        return async (...[call, operations]: Parameters<DirectoryAdapter['write']>) => {
          if (operations[0]?.kind !== 'update') return target.write(call, operations);
          await target.write(call, operations.flatMap(carriedOut));
          return operations.map(() => new DirectoryError('OUTCOME_UNKNOWN', 'no answer came'));
        };
      },
    });
}

type CarriedOut = Parameters<typeof withoutAnswer>[0];

async function patched(value: Body, carriedOut: CarriedOut): Promise<ScimAnswer> {
  gateway = await openScimGateway({ wrap: withoutAnswer(carriedOut) });
  const scim = gateway.client();
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const { body } = await scim.post('/Users', { schemas, userName: 'ada', title: 'Analyst' });
  return scim.patch(`/Users/${String(body['id'])}`, [{ op: 'replace', value }]);
}

const wholly: CarriedOut = (operation) => [operation];
const notAtAll: CarriedOut = () => [];
/** All but the title. */
const inPart: CarriedOut = (operation) => {
  if (operation.kind !== 'update' || operation.content === undefined) return [operation];
  const { before, draft } = operation.content;
  const attributes = { ...draft.attributes, title: 'Analyst' };
  return [{ ...operation, content: { before, draft: { ...draft, attributes } } }];
};

const renamed = { title: 'Countess', userName: 'lovelace' };
const NOTHING = 'nothing changed';

test('an update without an answer that was carried out is answered as done', async () => {
  const { status, body } = await patched(renamed, wholly);
  expect(status).toBe(200);
  expect(body).toMatchObject(renamed);
});

test('one that was not carried out may be tried again', async () => {
  expect(await patched(renamed, notAtAll)).toMatchObject({ status: 503, text: expect.stringContaining(NOTHING) });
});

test('one that was carried out in part is not said to have changed nothing', async () => {
  expect(await patched(renamed, inPart)).toMatchObject({ status: 503, text: expect.not.stringContaining(NOTHING) });
});

test('a new password without an answer is never said to be set, since no read shows it', async () => {
  const password = { password: 'correct horse battery' };
  expect(await patched(password, wholly)).toMatchObject({ status: 503, text: expect.not.stringContaining(NOTHING) });
  await gateway.close();
  expect(await patched(password, notAtAll)).toMatchObject({ status: 503, text: expect.stringContaining(NOTHING) });
});
