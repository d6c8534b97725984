/** What to give, or to change, where a directory cannot be looked at. */
import { DirectoryError } from '#model/errors.ts';
import { LdapError } from '../connection/ldap-error.ts';
import { toDirectoryError } from '../result-error.ts';

const REFUSED_BIND = /\(result (\d+)\)/;
const ROOT_CODE = /\(([A-Z0-9_]+)\)$/;
/** RFC 4511 §4.1.9: what servers answer to whom they do not know. */
const WHO_ARE_YOU: ReadonlySet<number> = new Set([1, 8, 48, 50, 53]);

const REMEDIES: readonly (readonly [code: RegExp, remedy: string])[] = [
  [
    /^(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_|^CERT_UNTRUSTED/,
    'its certificate is signed by an authority that this machine does not know: give that by --ca FILE',
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID/, 'its certificate is for another name: give the name that it has in --url'],
  [/^CERT_HAS_EXPIRED|^CERT_NOT_YET_VALID/, 'its certificate is not valid today'],
  [/^ERR_SSL|^EPROTO|^ECONNRESET/, 'it does not speak TLS there: give ldap:// with --start-tls, or another port'],
  [/^ECONNREFUSED|^EHOSTUNREACH|^ENETUNREACH|^ETIMEDOUT/, 'nothing listens there: give another host or port in --url'],
  [/^ENOTFOUND|^EAI_AGAIN/, 'no such host is known: give another one in --url'],
  [/^ENOENT|^EACCES/, 'there is no such socket, or it is not open to this user'],
];

export function explained(error: unknown): unknown {
  if (error instanceof LdapError && WHO_ARE_YOU.has(error.code)) {
    const detail = `the directory answers nothing to this account (result ${error.code}); bind as one that may read by --bind-dn with --password-env or --password-file, or encrypt by ldaps:// or --start-tls`;
    return new DirectoryError('UNAVAILABLE', detail, { cause: error });
  }
  if (!(error instanceof DirectoryError) || error.code !== 'UNAVAILABLE') return toDirectoryError(error);
  const remedy = remedyOf(error.message);
  if (remedy === undefined) return error;
  // What follows speaks of a configuration, which there is none of yet.
  const [what = ''] = error.message.split('; ', 1);
  return new DirectoryError('UNAVAILABLE', `${what}: ${remedy}`, { cause: error });
}

function remedyOf(message: string): string | undefined {
  const result = REFUSED_BIND.exec(message)?.[1];
  if (result === '49') return 'the name or the password is wrong; see --bind-dn, --password-env and --password-file';
  if (result === '13' || result === '8') return 'it wants encryption first: give ldaps:// or --start-tls';
  if (result !== undefined) return 'it does not let this account bind; see --bind-dn and --start-tls';
  const code = ROOT_CODE.exec(message)?.[1] ?? '';
  return REMEDIES.find(([pattern]) => pattern.test(code))?.[1];
}
