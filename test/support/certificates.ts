import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run-command.ts';

/** Files of a private authority, and texts of what it has signed: a server called localhost and 127.0.0.1, and a client. */
export interface Certificates {
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly ca: string;
  readonly client: { readonly cert: string; readonly key: string };
  remove(): void;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * @param clientSubject such as `/DC=com/DC=example/CN=portico`
 * @param addresses further ones of the server
 */
export async function makeCertificates(
  clientSubject: string,
  addresses: readonly string[] = [],
): Promise<Certificates> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-certificates-'));
  const at = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(at(name), 'utf8');
  const ca = ['-x509', '-subj', '/CN=Test authority', '-days', '2', '-keyout', at('ca.key'), '-out', at('ca.pem')];
  await run('openssl', ['req', ...KEY, ...ca]);
  const sign = async (name: string, subject: string, extensions: string) => {
    writeFileSync(at(`${name}.ext`), extensions);
    await run('openssl', ['req', ...KEY, '-subj', subject, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`)]);
    const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2'];
    const files = ['-in', at(`${name}.csr`), '-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)];
    await run('openssl', ['x509', '-req', ...by, ...files]);
  };
  const names = ['DNS:localhost', ...['127.0.0.1', ...addresses].map((address) => `IP:${address}`)];
  await sign('server', '/CN=localhost', `subjectAltName=${names.join(',')}\n`);
  await sign('client', clientSubject, 'extendedKeyUsage=clientAuth\n');
  return {
    files: { ca: at('ca.pem'), cert: at('server.pem'), key: at('server.key') },
    ca: read('ca.pem'),
    client: { cert: read('client.pem'), key: read('client.key') },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
