import type { IdentityProvider } from './identity-provider.ts';

export const okta: IdentityProvider = {
  name: 'okta',
  title: 'Okta',
  pages: [
    {
      where: 'Applications > your application > General > App Settings',
      fields: [{ label: 'Provisioning', value: 'SCIM' }],
    },
    {
      where: 'Provisioning > Integration',
      fields: [
        { label: 'SCIM connector base URL', value: '`<base URL>`' },
        { label: 'Unique identifier field for users', value: '`userName`' },
        {
          label: 'Supported provisioning actions',
          value:
            'Import New Users and Profile Updates, Push New Users, Push Profile Updates, Push Groups, Import Groups',
        },
        { label: 'Authentication Mode', value: 'HTTP Header' },
        { label: 'Authorization', value: '`<token>`, behind the word Bearer that stands there' },
      ],
    },
    {
      where: 'Provisioning > To App',
      fields: [
        { label: 'Create Users', value: 'Enable' },
        { label: 'Update User Attributes', value: 'Enable' },
        { label: 'Deactivate Users', value: 'Enable' },
        { label: 'Sync Password', value: 'Enable where people sign in here with a password' },
      ],
    },
  ],
  profile: 'okta',
  test: 'Test Connector Configuration lists users: GET /Users with status 200 in the log.',
};
