import type { ResourceId } from '#model/resource.ts';
import { create, ENTERPRISE_USER, type Gateway } from './gateway.ts';

/** Ids by name. */
export type Organisation = { readonly [name: string]: ResourceId };

/**
 * Chief manages herself, Vera and Vic; Vera manages Lee, who manages Dee and Dan, who is inactive. Rae, Roy and Rex manage each
 * other in a circle. Outer holds Middle and Other; Middle and Other both hold Inner; Inner holds Dee and Dan; Middle also holds Vic.
 */
export async function fillOrganisation(gateway: Gateway): Promise<Organisation> {
  const session = gateway.session();
  const ids: { [name: string]: ResourceId } = {};
  const person = async (userName: string, manager?: string, more: Parameters<typeof create>[2] = {}) => {
    const enterprise = manager === undefined ? {} : { [ENTERPRISE_USER]: { manager: { value: String(ids[manager]) } } };
    ids[userName] = await create(session, 'User', { userName, displayName: userName, ...enterprise, ...more });
  };
  const group = async (displayName: string, members: readonly string[]) => {
    const values = members.map((name) => ({ value: String(ids[name]) }));
    ids[displayName] = await create(session, 'Group', { displayName, members: values });
  };
  await person('chief');
  await person('vera', 'chief');
  await person('vic', 'chief');
  await person('lee', 'vera');
  await person('dee', 'lee');
  await person('dan', 'lee', { active: false });
  await person('rae');
  await person('roy', 'rae');
  await person('rex', 'roy');
  await setManager(gateway, String(ids['chief']), String(ids['chief']));
  await setManager(gateway, String(ids['rae']), String(ids['rex']));
  await group('inner', ['dee', 'dan']);
  await group('middle', ['inner', 'vic']);
  await group('other', ['inner']);
  await group('outer', ['middle', 'other']);
  gateway.calls.length = 0;
  return ids;
}

async function setManager(gateway: Gateway, id: string, manager: string): Promise<void> {
  const session = gateway.session();
  const user = session.registry.type('User');
  if (user === undefined) throw new Error('User expected');
  const operations = [{ op: 'replace', value: { [ENTERPRISE_USER]: { manager: { value: manager } } } }] as const;
  await session.patch(user, id as ResourceId, operations);
}
