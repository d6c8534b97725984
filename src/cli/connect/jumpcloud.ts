import type { IdentityProvider } from './identity-provider.ts';

export const jumpcloud: IdentityProvider = {
  name: 'jumpcloud',
  title: 'JumpCloud',
  pages: [
    {
      where: 'SSO Applications > your custom application > Identity Management',
      fields: [
        { label: 'SCIM Version', value: 'SCIM 2.0' },
        { label: 'Base URL', value: '`<base URL>`' },
        { label: 'Token Key', value: '`<token>`' },
        { label: 'Test User Email', value: 'an address that no user has here yet' },
        { label: 'Enable management of User Groups and Group Membership', value: 'ticked where groups are pushed' },
      ],
    },
    {
      where: 'User Groups',
      fields: [{ label: 'groups of users', value: 'those whose members are to be here' }],
    },
  ],
  profile: 'default',
  test: 'Test Connection, and Activate again, create a user and a group and delete both: POST, GET, PATCH and DELETE with 2xx in the log.',
};
