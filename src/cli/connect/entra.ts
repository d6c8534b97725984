import type { IdentityProvider } from './identity-provider.ts';

export const entra: IdentityProvider = {
  name: 'entra',
  title: 'Microsoft Entra ID',
  pages: [
    {
      where: 'Enterprise applications > your application > Provisioning',
      fields: [
        { label: 'Provisioning Mode', value: 'Automatic' },
        { label: 'Tenant URL', value: '`<base URL>`' },
        { label: 'Secret Token', value: '`<token>`' },
      ],
    },
    {
      where: 'Mappings > Provision Microsoft Entra ID Users',
      fields: [
        { label: 'Enabled', value: 'Yes' },
        { label: 'Target Object Actions', value: 'Create, Update, Delete' },
        { label: 'attribute with matching precedence 1', value: '`userName`' },
      ],
    },
    {
      where: 'Mappings > Provision Microsoft Entra ID Groups',
      fields: [
        { label: 'Enabled', value: 'Yes, or No where groups stay away' },
        { label: 'Target Object Actions', value: 'Create, Update, Delete' },
        { label: 'attribute with matching precedence 1', value: '`displayName`' },
      ],
    },
    {
      where: 'Settings',
      fields: [
        { label: 'Scope', value: 'Sync only assigned users and groups' },
        { label: 'Provisioning Status', value: 'On, once Test Connection has succeeded' },
      ],
    },
  ],
  profile: 'entra',
  test: 'Test Connection looks up a user whom nobody has: GET /Users with status 200 in the log.',
};
