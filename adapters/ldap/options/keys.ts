/** The keys of an LDAP backend in a configuration, as they are written. */
import { z } from 'zod';
import { CONVERSIONS } from '../mapping/converters.ts';
import { PASSWORD_SCHEMES } from '../write/password.ts';

const text = z.string().min(1);
const place = z.union([
  text,
  z.strictObject({
    attribute: text,
    as: z.enum(CONVERSIONS).optional(),
    type: text.optional(),
    single: z.boolean().optional(),
  }),
]);

const constant = z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) });

const container = {
  base: text.optional(),
  objectClasses: z.array(text).min(1).optional(),
  rdn: text.optional(),
  id: text.optional(),
  attributes: z.record(text, z.union([place, constant, z.array(place).min(1), z.null()])).optional(),
  templates: z.record(text, z.union([text, z.null()])).optional(),
  guard: z.union([text, z.null()]).optional(),
  overflow: text.optional(),
  without: z.union([z.literal('*'), z.array(text)]).optional(),
  unique: z.array(text).optional(),
};

const url = z.url({ protocol: /^ldap[si]?$/, error: 'an ldap, ldaps or ldapi URL' });
const milliseconds = z.int().min(1).max(600_000);

const connection = {
  url: z.union([url, z.array(url).min(1)]),
  replicas: z.array(url).optional(),
  bindDn: text.optional(),
  bindPassword: text.optional(),
  tls: z
    .strictObject({
      startTls: z.boolean().optional(),
      ca: text.optional(),
      cert: text.optional(),
      key: text.optional(),
      passphrase: text.optional(),
      servername: text.optional(),
    })
    .optional(),
  plaintext: z.boolean().optional(),
  timeoutMs: milliseconds.optional(),
  connectTimeoutMs: milliseconds.optional(),
  heartbeatMs: milliseconds.optional(),
  connections: z.int().min(1).max(64).optional(),
};

/** Those that lead to a server, without what is in it. */
export const connectionKeys = z.strictObject(connection);

export const ldapKeys = z.strictObject({
  ...connection,
  preset: z.enum(['openldap', 'active-directory']).optional(),
  changes: z.enum(['syncrepl', 'none']).optional(),
  changesKept: z.int().min(1).max(10_000_000).optional(),
  lock: z.strictObject({ base: text, breakAfterMs: z.int().min(1_000).max(600_000).optional() }).optional(),
  users: z.strictObject({
    ...container,
    manager: z.union([text, z.null()]).optional(),
    password: z
      .union([z.strictObject({ attribute: text.optional(), scheme: z.enum(PASSWORD_SCHEMES).optional() }), z.null()])
      .optional(),
  }),
  groups: z.strictObject({ ...container, member: text.optional(), placeholder: text.optional() }),
});

export type LdapKeys = z.infer<typeof ldapKeys>;
export type ConnectionKeys = z.infer<typeof connectionKeys>;
export type ContainerKeys = LdapKeys['users'] & LdapKeys['groups'];
export type PlaceKey = z.infer<typeof place>;
export type ConstantKey = z.infer<typeof constant>;
