import type { IdentityProvider } from './identity-provider.ts';

export const google: IdentityProvider = {
  name: 'google',
  title: 'Google Workspace',
  pages: [
    {
      where: 'Apps > Web and mobile apps > the application > Configure auto-provisioning',
      fields: [
        { label: 'access token', value: '`<token>`' },
        { label: 'endpoint URL', value: '`<base URL>`' },
        { label: 'attribute mapping: name of the user', value: '`userName` from the primary e-mail address' },
        { label: 'groups that are provisioned', value: 'nothing, or those whose members are to be here' },
        { label: 'deprovisioning', value: 'when the user is suspended, deleted, or the application is turned off' },
      ],
    },
  ],
  profile: 'default',
  test: 'The console tests nothing. The first synchronisation, within hours, looks users up: GET /Users with status 200 in the log.',
};
