import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, makeCertificates } from './certificates.ts';
import { run } from './run-command.ts';
import { ServerProcess } from './server-process.ts';

const SERVER = '/usr/sbin/samba';
const START_TIMEOUT_MS = 60_000;

/** An Active Directory domain of one's own by Samba: a folder and an address, dropped with `stop` and killed with the process that started it. */
export interface Samba {
  /** `ldaps://127.x.y.z` */
  readonly url: string;
  /** The authority of its certificate, in PEM. */
  readonly ca: string;
  /** `DC=example,DC=test` */
  readonly suffix: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** SIGTERM, and its folder is dropped. Idempotent. */
  stop(): Promise<void>;
  /** Whether a simple bind succeeds; the result code where it does not. */
  bind(name: string, password: string): Promise<number>;
}

/** What keeps a domain from being made here; undefined where nothing does. */
export function missingForSamba(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'Samba listens on ports 389 and 636 of an address of 127.0.0.0/8: root on Linux is needed';
  }
  if (existsSync(SERVER)) return undefined;
  return 'Samba is not installed: apt-get install samba samba-ad-provision samba-dsdb-modules samba-vfs-modules';
}

/** Provisioned anew, which takes some ten seconds. */
export async function startSamba(): Promise<Samba> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-samba-'));
  const address = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const certificates = await makeCertificates('/CN=portico', [address]);
  const samba = new SambaProcess(folder, address, certificates);
  try {
    await samba.provision();
    await samba.start();
  } catch (error) {
    await samba.stop();
    throw error;
  }
  return samba;
}

class SambaProcess implements Samba {
  readonly suffix = 'DC=example,DC=test';
  readonly adminDn = `CN=Administrator,CN=Users,${this.suffix}`;
  readonly adminPassword = 'Passw0rd!for-tests';
  /** Its ports are fixed, so each has an address. */
  readonly #address: string;
  readonly #folder: string;
  readonly #certificates: Certificates;
  readonly #server = new ServerProcess();

  constructor(folder: string, address: string, certificates: Certificates) {
    this.#folder = folder;
    this.#address = address;
    this.#certificates = certificates;
  }

  get url(): string {
    return `ldaps://${this.#address}`;
  }

  get ca(): string {
    return this.#certificates.ca;
  }

  async provision(): Promise<void> {
    const domain = ['--realm=EXAMPLE.TEST', '--domain=EXAMPLE', '--server-role=dc', '--dns-backend=NONE'];
    const host = ['--host-name=dc1', `--host-ip=${this.#address}`, `--adminpass=${this.adminPassword}`];
    // No file system attributes, which not every folder has, and no waiting for the disk.
    const store = [
      'vfs objects=dfs_samba4 acl_xattr xattr_tdb',
      `xattr_tdb:file=${this.#folder}/xattr.tdb`,
      'ldb:nosync=true',
      `log file=${this.#folder}/log`,
    ];
    const options = store.map((option) => `--option=${option}`);
    await run('samba-tool', [
      ...['domain', 'provision', '--quiet', `--targetdir=${this.#folder}`],
      ...[...domain, ...host, ...options],
    ]);
    const { cert, key } = this.#certificates.files;
    copyFileSync(cert, join(this.#folder, 'server.pem'));
    copyFileSync(key, join(this.#folder, 'server.key'));
    chmodSync(join(this.#folder, 'server.key'), 0o600);
  }

  async start(): Promise<void> {
    const options = [
      'server services=ldap',
      `interfaces=${this.#address}/8`,
      'bind interfaces only=yes',
      `pid directory=${this.#folder}`,
      `ncalrpc dir=${this.#folder}/ncalrpc`,
      `tls certfile=${this.#folder}/server.pem`,
      `tls keyfile=${this.#folder}/server.key`,
      'tls cafile=',
      // Else a password that was changed is good for another hour.
      'old password allowed period=0',
    ].map((option) => `--option=${option}`);
    const command = [SERVER, '-F', '-M', 'single', '-d', '1', '--debug-stdout', '-s', `${this.#folder}/etc/smb.conf`];
    await this.#server.start([...command, ...options], () => this.#serves(), START_TIMEOUT_MS);
  }

  async #serves(): Promise<boolean> {
    return (await accepts(this.#address)) && (await this.bind(this.adminDn, this.adminPassword)) === 0;
  }

  async stop(): Promise<void> {
    await this.#server.end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
    this.#certificates.remove();
  }

  async bind(name: string, password: string): Promise<number> {
    const tls = { LDAPTLS_CACERT: this.#certificates.files.ca };
    const who = ['-x', '-H', this.url, '-D', name, '-w', password];
    const child = spawn('ldapsearch', [...who, '-b', '', '-s', 'base', '1.1'], { env: { ...process.env, ...tls } });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? -1));
    });
  }
}

function accepts(host: string): Promise<boolean> {
  const socket = createConnection(636, host);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).then((connected) => {
    socket.destroy();
    return connected as boolean;
  });
}
