import { resolve } from 'node:path';
import { loadAdapter } from '#adapters/registry.ts';
import { resolveOptions } from '#config/resolve-options.ts';
import { asDirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { type Command, EXIT, type Flags, textFlag, UsageError } from './command.ts';
import { printProposal } from './print-proposal.ts';

/** All searches together. */
const TIMEOUT_MS = 60_000;

export const ldapDiscover: Command = {
  help: `Usage: portico ldap discover --url URL [--bind-dn DN (--password-env NAME | --password-file FILE)] [more]

Looks at a directory and prints a configuration that serves its people and groups, with what it could not map and what the server
lacks as comments. It reads the root DSE, the schema and at most 25 people and 25 groups right below each of at most 200 units,
within ${TIMEOUT_MS / 1_000} seconds, and changes nothing. It prints no secret.

  --url URL             ldaps://host, ldap://host, or ldapi://%2Fpath%2Fof%2Fthe%2Fsocket
  --bind-dn DN          whom to bind as; without it, nobody, or over ldapi whoever runs this
  --password-env NAME   the environment variable that holds the password
  --password-file FILE  the file that holds it
  --start-tls           encrypt a connection to ldap:// before anything else
  --ca FILE             the certificate of the authority to trust, in PEM
  --plaintext           let the password cross the network in the clear
  --base DN             where to look; without it, below the server's naming contexts
  --tenant T            what to call the tenant; "default" where absent
`,
  options: {
    url: { type: 'string' },
    'bind-dn': { type: 'string' },
    'password-env': { type: 'string' },
    'password-file': { type: 'string' },
    'start-tls': { type: 'boolean' },
    ca: { type: 'string' },
    plaintext: { type: 'boolean' },
    base: { type: 'string' },
    tenant: { type: 'string' },
  },
  async run(flags) {
    const connection = connectionOf(flags);
    const module = await loadAdapter('ldap');
    const resolved = await resolveOptions(connection);
    const call = { deadline: Date.now() + TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS) };
    try {
      const proposal = await module.discover?.(resolved, textFlag(flags, 'base'), call);
      if (proposal === undefined) throw new TypeError('the LDAP adapter can be asked to discover');
      process.stdout.write(printProposal(proposal, 'ldap', connection, textFlag(flags, 'tenant') ?? 'default'));
      return EXIT.ok;
    } catch (error) {
      const known = asDirectoryError(error);
      if (known === undefined || known.code === 'INVALID_VALUE') throw error;
      process.stderr.write(`portico: ${known.message}\n`);
      return EXIT.failed;
    }
  },
};

/** As a configuration has it: a secret is a reference, a path absolute. */
function connectionOf(flags: Flags): { readonly [name: string]: Json } {
  const url = textFlag(flags, 'url');
  if (url === undefined) throw new UsageError('ldap discover needs --url');
  const bindDn = textFlag(flags, 'bind-dn');
  const password = passwordOf(flags);
  if ((bindDn === undefined) !== (password === undefined)) {
    throw new UsageError('--bind-dn goes with --password-env or --password-file, and they with it');
  }
  const ca = textFlag(flags, 'ca');
  const startTls = flags['start-tls'] === true;
  return {
    url,
    ...(bindDn !== undefined && { bindDn }),
    ...(password !== undefined && { bindPassword: password }),
    ...((startTls || ca !== undefined) && {
      tls: { ...(startTls && { startTls }), ...(ca !== undefined && { ca: { file: resolve(ca) } }) },
    }),
    ...(flags['plaintext'] === true && { plaintext: true }),
  };
}

function passwordOf(flags: Flags): { readonly [name: string]: string } | undefined {
  const env = textFlag(flags, 'password-env');
  const file = textFlag(flags, 'password-file');
  if (env !== undefined && file !== undefined) throw new UsageError('give one of --password-env and --password-file');
  if (env !== undefined) return { env };
  return file === undefined ? undefined : { file: resolve(file) };
}
