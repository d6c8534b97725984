import type { IdentityProvider } from './identity-provider.ts';

export const ping: IdentityProvider = {
  name: 'ping',
  title: 'Ping Identity',
  pages: [
    {
      where: 'PingOne: Integrations > Provisioning > New connection > Identity Store > SCIM Outbound',
      fields: [
        { label: 'SCIM base URL', value: '`<base URL>`' },
        { label: 'Users resource', value: '`/Users`' },
        { label: 'Groups resource', value: '`/Groups`' },
        { label: 'SCIM version', value: '2.0' },
        { label: 'Authentication method', value: 'OAuth 2 Bearer Token' },
        { label: 'OAuth Access Token', value: '`<token>`' },
        { label: 'Auth Type Header', value: 'Bearer' },
        { label: 'identifier of users', value: '`userName`' },
        { label: 'actions', value: 'create, update, disable or delete' },
      ],
    },
    {
      where: 'PingFederate: SP Connections > your connection > Outbound Provisioning > Target',
      fields: [
        { label: 'SCIM URL', value: '`<base URL>`' },
        { label: 'SCIM Version', value: '2.0' },
        { label: 'Authentication Methods', value: 'OAuth 2 Bearer Token' },
        { label: 'Access Token', value: '`<token>`' },
        { label: 'Unique User Identifier', value: '`userName`' },
        { label: 'Filter Expression', value: 'nothing' },
        { label: 'User Create, User Update, User Disable / Delete', value: 'selected' },
        { label: 'Remove User Action', value: 'Disable, or Delete' },
      ],
    },
  ],
  profile: 'default',
  test: 'Test Connection of PingOne sends a first request: a line with status 200 in the log. PingFederate does when it first synchronises.',
};
