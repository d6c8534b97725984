import type { IdentityProvider } from './identity-provider.ts';

const TEMPLATE = `{
  "schemas": [
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
  ],
  "userName": "{$parameters.scimusername}",
  "displayName": "{$user.display_name}",
  "name": {
    "givenName": "{$user.firstname}",
    "familyName": "{$user.lastname}"
  },
  "emails": [{ "value": "{$user.email}", "type": "work", "primary": true }],
  "title": "{$parameters.title}",
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
    "department": "{$parameters.department}"
  }
}`;

export const onelogin: IdentityProvider = {
  name: 'onelogin',
  title: 'OneLogin',
  pages: [
    {
      where: 'Applications > Add App',
      fields: [{ label: 'application', value: 'SCIM Provisioner with SAML (SCIM v2 Enterprise)' }],
    },
    {
      where: 'Configuration',
      fields: [
        { label: 'SCIM Base URL', value: '`<base URL>`' },
        { label: 'SCIM JSON Template', value: 'the template below' },
        { label: 'SCIM Bearer Token', value: '`<token>`' },
        { label: 'Custom Headers', value: 'nothing' },
        { label: 'API Connection', value: 'Enable' },
      ],
    },
    {
      where: 'Parameters',
      fields: [
        { label: 'scimusername', value: 'Email, or Username' },
        { label: 'Groups', value: 'Include in User Provisioning, where groups are pushed' },
      ],
    },
    {
      where: 'Provisioning',
      fields: [
        { label: 'Enable provisioning', value: 'ticked' },
        { label: 'Create user, Delete user, Update user', value: 'ticked where an administrator has to approve each' },
        { label: 'what deletion in OneLogin does here', value: 'Delete, or Suspend' },
      ],
    },
  ],
  profile: 'default',
  template: { field: 'SCIM JSON Template', text: TEMPLATE },
  test: 'Enable sends a first request to the base URL: a line with status 200 in the log.',
};
