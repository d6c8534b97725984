import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { run } from './run-command.ts';
import { ServerProcess } from './server-process.ts';
import { initialLdif, type SlapdOptions, SUFFIX, slapdConfiguration } from './slapd-configuration.ts';

const SERVER = '/usr/sbin/slapd';
const START_TIMEOUT_MS = 10_000;

/** A slapd of one's own: a folder, a database and free ports, dropped with `stop` and killed with the process that started it. */
export interface Slapd {
  /** `ldap://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** `ldaps://localhost:PORT`, where it has a certificate. */
  readonly ldapsUrl: string;
  /** `ldapi://%2F...`: a Unix socket; whoever owns the process that connects is who it says it is. */
  readonly ldapiUrl: string;
  readonly folder: string;
  readonly suffix: string;
  readonly people: string;
  readonly groups: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  readonly pid: number;
  /** SIGTERM, and its folder is dropped. Idempotent. */
  stop(): Promise<void>;
  /** SIGKILL; the folder stays, so that `start` brings it back with its data. */
  kill(): Promise<void>;
  /** After `kill` or `end`: the same ports, the same data. */
  start(): Promise<void>;
  /** All entries with their operational attributes, for `startOver`. */
  backup(): Promise<string>;
  /** Kills it and starts it with a backup, or with what it began with, as new entries. */
  startOver(backup?: string): Promise<void>;
  /** SIGTERM as a restart of the service sends it; the folder stays. */
  end(): Promise<void>;
  /** SIGSTOP: it answers nothing and keeps its connections, until `resume`. */
  pause(): void;
  resume(): void;
  /** Everything that it has logged; level 256: connections, operations, results. Nothing where it is quiet. */
  log(): string;
  /** How many operations of each kind (`SRCH ADD MOD MODRDN DEL CMP EXT BIND ABANDON ...`) it logs while the work is done, but for those of following changes. */
  countOperations(work: () => Promise<unknown>): Promise<{ readonly [operation: string]: number }>;
  /** What ldapadd and ldapmodify read, as the administrator. @throws {Error} with what they print */
  ldapmodify(ldif: string): Promise<void>;
  /** Standard output of ldapsearch (`-LLL -o ldif-wrap=no`), as the administrator. */
  ldapsearch(...args: readonly string[]): Promise<string>;
}

export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-slapd-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const slapd = new SlapdProcess(folder, port, tlsPort, options);
  try {
    if (options.empty !== true) await slapd.fill();
    await slapd.start();
  } catch (error) {
    await slapd.stop();
    throw error;
  }
  return slapd;
}

class SlapdProcess implements Slapd {
  readonly suffix = SUFFIX;
  readonly people = `ou=people,${SUFFIX}`;
  readonly groups = `ou=groups,${SUFFIX}`;
  readonly adminDn = `cn=admin,${SUFFIX}`;
  readonly adminPassword = 'secret';
  readonly folder: string;
  readonly port: number;
  readonly #tlsPort: number;
  readonly #options: SlapdOptions;
  readonly #socketPath: string;
  readonly #server = new ServerProcess();

  constructor(folder: string, port: number, tlsPort: number, options: SlapdOptions) {
    this.folder = folder;
    this.port = port;
    this.#tlsPort = tlsPort;
    this.#options = options;
    this.#socketPath = join(folder, 'ldapi');
    writeFileSync(this.#configuration, slapdConfiguration(folder, options));
  }

  get #configuration(): string {
    return join(this.folder, 'slapd.conf');
  }

  get url(): string {
    return `ldap://127.0.0.1:${this.port}`;
  }

  get ldapsUrl(): string {
    return `ldaps://localhost:${this.#tlsPort}`;
  }

  get ldapiUrl(): string {
    return `ldapi://${encodeURIComponent(this.#socketPath)}`;
  }

  get pid(): number {
    return this.#server.pid;
  }

  async fill(ldif: string = initialLdif(this.#options)): Promise<void> {
    const file = join(this.folder, 'initial.ldif');
    writeFileSync(file, ldif);
    await run('/usr/sbin/slapadd', [
      this.#options.lax === true ? '-qs' : '-q',
      '-f',
      this.#configuration,
      '-b',
      SUFFIX,
      '-l',
      file,
    ]);
  }

  async start(): Promise<void> {
    const tls = this.#options.tls === undefined ? [] : [`ldaps://127.0.0.1:${this.#tlsPort}/`];
    const addresses = [`${this.url}/`, `${this.ldapiUrl}/`, ...tls].join(' ');
    const level = this.#options.quiet === true ? '0' : '256';
    const command = [SERVER, '-f', this.#configuration, '-h', addresses, '-d', level];
    await this.#server.start(command, () => this.#listens(), START_TIMEOUT_MS);
  }

  async #listens(): Promise<boolean> {
    const socket = await connected(createConnection(this.port, '127.0.0.1'));
    socket?.destroy();
    return socket !== undefined;
  }

  async stop(): Promise<void> {
    this.resume();
    await this.#server.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  kill(): Promise<void> {
    return this.#server.end('SIGKILL');
  }

  backup(): Promise<string> {
    return run('/usr/sbin/slapcat', ['-f', this.#configuration, '-b', SUFFIX]);
  }

  async startOver(backup?: string): Promise<void> {
    await this.kill();
    for (const name of ['data.mdb', 'lock.mdb']) rmSync(join(this.folder, name));
    await this.fill(backup);
    await this.start();
  }

  end(): Promise<void> {
    return this.#server.end('SIGTERM');
  }

  pause(): void {
    this.#server.signal('SIGSTOP');
  }

  resume(): void {
    this.#server.signal('SIGCONT');
  }

  log(): string {
    return this.#server.log;
  }

  async countOperations(work: () => Promise<unknown>): Promise<{ readonly [operation: string]: number }> {
    await this.#logIsRead();
    const start = this.#server.log.length;
    await work();
    await this.#logIsRead();
    const counts: { [operation: string]: number } = {};
    for (const [, name = ''] of this.#server.log.slice(start).matchAll(OPERATION))
      counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  }

  /** A connection of ours is logged after all that was answered before. */
  async #logIsRead(): Promise<void> {
    const socket = await connected(createConnection(this.port, '127.0.0.1'));
    if (socket === undefined) throw new Error('slapd does not run');
    const accepted = `ACCEPT from IP=127.0.0.1:${socket.localPort} `;
    while (!this.#server.log.includes(accepted)) await wait(1);
    socket.destroy();
  }

  async ldapmodify(ldif: string): Promise<void> {
    await run('ldapmodify', [...this.#asAdmin, '-a'], ldif);
  }

  ldapsearch(...args: readonly string[]): Promise<string> {
    return run('ldapsearch', [...this.#asAdmin, '-LLL', '-o', 'ldif-wrap=no', '-b', SUFFIX, ...args]);
  }

  get #asAdmin(): readonly string[] {
    return ['-x', '-H', this.url, '-D', this.adminDn, '-w', this.adminPassword];
  }
}

/**
 * `conn=1000 op=1 SRCH base="..."`; what follows it (`SRCH attr=`) and results are no operations. The search by which changes are
 * followed, and those of the root DSE that tell whether it lives, come whenever they come.
 */
const OPERATION =
  /conn=\d+ op=\d+ (SRCH(?= base="[^"]+" (?!.*hasSubordinates=TRUE))|ADD|MOD(?= dn)|MODRDN|DEL|CMP|EXT|BIND(?= dn="[^"]*" method)|ABANDON)\b/g;

function connected(socket: Socket): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}
