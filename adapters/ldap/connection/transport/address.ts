import { DirectoryError } from '#model/errors.ts';

/** Where a server listens, and how it is spoken to. */
export type Address =
  | {
      readonly kind: 'tcp';
      readonly url: string;
      readonly encrypted: boolean;
      readonly host: string;
      readonly port: number;
    }
  | { readonly kind: 'socket'; readonly url: string; readonly path: string };

const PORTS: Readonly<Record<string, number>> = { 'ldap:': 389, 'ldaps:': 636 };
const EXPECTED = 'ldap://host:389, ldaps://host:636 or ldapi://%2Fpath%2Fof%2Fthe%2Fsocket, and nothing behind it';

/** RFC 4516 without what names an entry. @throws {DirectoryError} INVALID_VALUE */
export function parseAddress(url: string): Address {
  if (!URL.canParse(url)) throw invalid(url);
  const { protocol, hostname, port, pathname, search, hash, username } = new URL(url);
  const bare = ['', '/'].includes(pathname) && search === '' && hash === '' && username === '';
  if (!bare || hostname === '') throw invalid(url);
  if (protocol === 'ldapi:') return { kind: 'socket', url, path: decodeURIComponent(hostname) };
  const usual = PORTS[protocol];
  if (usual === undefined) throw invalid(url);
  // An IPv6 address stands in brackets.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { kind: 'tcp', url, encrypted: protocol === 'ldaps:', host, port: port === '' ? usual : Number(port) };
}

function invalid(url: string): DirectoryError {
  const faults = [{ path: '', expected: EXPECTED, got: url.replace(/\/\/.*@/, '//***@') }];
  return new DirectoryError('INVALID_VALUE', `an LDAP URL is ${EXPECTED}`, { faults });
}
