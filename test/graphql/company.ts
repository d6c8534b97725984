import type { ResourceId } from '#model/resource.ts';
import { create, ENTERPRISE_USER, type Gateway } from './gateway.ts';

export interface Company {
  readonly ada: ResourceId;
  readonly bob: ResourceId;
  readonly cyd: ResourceId;
  readonly engineering: ResourceId;
  readonly platform: ResourceId;
  readonly everyone: ResourceId;
}

/**
 * Ada manages Bob and Cyd. Everyone holds Engineering and Cyd; Engineering holds Platform and Ada; Platform holds Bob.
 */
export async function fillCompany(gateway: Gateway, tenant?: string): Promise<Company> {
  const session = gateway.session(tenant);
  const person = (userName: string, more: Parameters<typeof create>[2]) =>
    create(session, 'User', { userName, displayName: userName[0]?.toUpperCase() + userName.slice(1), ...more });
  const ada = await person('ada', {
    externalId: 'E1',
    name: { familyName: 'Lovelace', givenName: 'Ada' },
    title: 'Head',
    emails: [
      { value: 'ada@acme.example', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'Home' },
    ],
    [ENTERPRISE_USER]: { department: 'R&D' },
  });
  const bob = await person('bob', {
    emails: [{ value: 'bob@acme.example', type: 'pager' }],
    [ENTERPRISE_USER]: { department: 'R&D', manager: { value: ada } },
  });
  const cyd = await person('cyd', { active: false, [ENTERPRISE_USER]: { manager: { value: ada } } });
  const group = (displayName: string, ids: readonly ResourceId[]) =>
    create(session, 'Group', { displayName, members: ids.map((value) => ({ value })) });
  const platform = await group('Platform', [bob]);
  const engineering = await group('Engineering', [platform, ada]);
  const everyone = await group('Everyone', [engineering, cyd]);
  gateway.calls.length = 0;
  return { ada, bob, cyd, engineering, platform, everyone };
}
