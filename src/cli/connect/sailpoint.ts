import type { IdentityProvider } from './identity-provider.ts';

export const sailpoint: IdentityProvider = {
  name: 'sailpoint',
  title: 'SailPoint',
  pages: [
    {
      where: 'Sources > Create New > SCIM 2.0 > the settings of the connection',
      fields: [
        { label: 'base URL of the SCIM server', value: '`<base URL>`' },
        { label: 'authentication', value: 'API Token' },
        { label: 'API token', value: '`<token>`' },
        { label: 'Non-Compliant Server', value: 'off' },
        { label: 'headers Accept and Content-Type', value: 'nothing, or `application/scim+json`' },
        { label: 'time zone of the server', value: 'UTC' },
        { label: 'filters of users and groups', value: 'nothing' },
      ],
    },
  ],
  profile: 'default',
  test: 'Test Connection reads discovery: GET /ServiceProviderConfig, /ResourceTypes and /Schemas with status 200 in the log.',
};
