import { randomUUID } from 'node:crypto';
import type { DirectoryAdapter, Write as DirectoryWrite, Written } from '#adapters/adapter.ts';
import { asDirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource, TenantId } from '#model/resource.ts';
import { draftOf } from '#test/contract/sample.ts';
import { callOf } from '#test/contract/subject.ts';
import type { Random } from '#test/support/random.ts';
import type { CheckedGateway } from './gateway.ts';
import type { KeyHistory, Violation } from './history.ts';
import { checkRegister, checkSequence } from './linearizable.ts';

const USERS = 8;
const GROUPS = 3;
const EVER = Number.POSITIVE_INFINITY;

/** A call of the checker: what it reads may come from a cache. */
const CACHED = 'cached';

/**
 * People whose names change, who join and leave groups, and come and go, all of it by whichever gateway; and what everybody saw.
 * Of each tenant that a round has there is one.
 */
export class Workload {
  /** Operations that took part in what was checked. */
  count = 0;
  /** Writes that the cache refused, or whose outcome nobody was told. */
  refused = 0;
  unknown = 0;
  readonly #tenant: TenantId;
  readonly #backend: DirectoryAdapter;
  readonly #random: Random;
  readonly #gateway: (index: number) => CheckedGateway;
  readonly #gateways: number;
  readonly #users: StoredResource[] = [];
  readonly #comers: StoredResource[] = [];
  readonly #groups: StoredResource[] = [];
  readonly #histories = new Map<string, KeyHistory>();
  /** Keys whose writes are made one after the other, while one is under way or its outcome is unknown. */
  readonly #busy = new Set<string>();

  constructor(options: {
    readonly tenant: TenantId;
    readonly backend: DirectoryAdapter;
    readonly random: Random;
    readonly gateways: number;
    readonly gateway: (index: number) => CheckedGateway;
  }) {
    this.#tenant = options.tenant;
    this.#backend = options.backend;
    this.#random = options.random;
    this.#gateways = options.gateways;
    this.#gateway = options.gateway;
  }

  async fill(): Promise<void> {
    const create = async (type: string, name: string, attributes: { readonly [name: string]: string }) => {
      const id = randomUUID() as string as ResourceId;
      const [written] = await this.#backend.write(this.#call('primary'), [
        { kind: 'create', type, id, draft: draftOf(type, attributes) },
      ]);
      if (written === undefined || written instanceof Error || written.resource === null) throw new Error(`no ${name}`);
      return written.resource;
    };
    for (let at = 0; at < USERS; at++) {
      const user = await create('User', `user ${at}`, { userName: nameOf(at, 0), displayName: `first ${at}` });
      this.#users.push(user);
      this.#begin(`name of ${user.id}`, `first ${at}`);
      const comer = await create('User', `comer ${at}`, { userName: `comer${at}` });
      this.#comers.push(comer);
      this.#begin(`existence of ${comer.id}`, 'true');
    }
    for (let at = 0; at < GROUPS; at++) {
      const group = await create('Group', `group ${at}`, { displayName: `group ${at}` });
      this.#groups.push(group);
      for (const user of this.#users) this.#begin(pairOf(user, group), 'false');
    }
  }

  /** One operation of one client by some gateway. */
  async step(): Promise<void> {
    const gateway = this.#gateway(this.#random.upTo(this.#gateways - 1));
    const { adapter } = gateway;
    const draw = this.#random.next();
    const run = (operation: (adapter: DirectoryAdapter) => Promise<void>) =>
      Promise.race([operation(adapter), gateway.killed]).catch((error: unknown) => {
        if (asDirectoryError(error) === undefined && (error as Error).message !== 'killed') throw error;
      });
    if (draw < 0.35) await run((by) => this.#readById(by));
    else if (draw < 0.6) await run((by) => this.#readByName(by));
    else if (draw < 0.75) await run((by) => this.#readGroups(by));
    else if (draw < 0.85) await run((by) => this.#readExistence(by));
    else if (draw < 0.93) await run((by) => this.#writeName(by, gateway));
    else if (draw < 0.98) await run((by) => this.#writeMembership(by, gateway));
    else await run((by) => this.#writeExistence(by, gateway));
  }

  check(): readonly Violation[] {
    return [...this.#histories].flatMap(([key, history]) =>
      key.startsWith('name of') ? checkRegister(key, history) : checkSequence(key, history),
    );
  }

  async #readById(adapter: DirectoryAdapter): Promise<void> {
    const { id } = this.#users[this.#drawUser()] as StoredResource;
    const consistency = this.#random.chance(0.3) ? 'primary' : CACHED;
    const begin = performance.now();
    const [found] = await adapter.getMany(this.#call(consistency), 'User', [id]);
    this.#saw(`name of ${id}`, String(found?.attributes['displayName']), begin, `a ${consistency} read by id`);
  }

  /** A name that nobody has tells nothing; one that somebody has is his, with all the rest. */
  async #readByName(adapter: DirectoryAdapter): Promise<void> {
    const at = this.#drawUser();
    const value = nameOf(at, this.#random.upTo(1));
    const begin = performance.now();
    const [found] = await adapter.byKeys(this.#call(CACHED), 'User', [{ attribute: 'userName', value }]);
    const [user] = found ?? [];
    if (user === undefined) return;
    const name = user.attributes['userName'] === value ? String(user.attributes['displayName']) : 'another user name';
    this.#saw(`name of ${user.id}`, name, begin, 'a read by userName');
  }

  async #readGroups(adapter: DirectoryAdapter): Promise<void> {
    const user = this.#users[this.#drawUser()] as StoredResource;
    const begin = performance.now();
    const [page] = await adapter.linked(this.#call(CACHED), 'members', 'in', [user.id], { page: { limit: 100 } });
    const ids = new Set(page?.items.map(({ id }) => id));
    const end = performance.now();
    for (const group of this.#groups) {
      this.#saw(pairOf(user, group), String(ids.has(group.id)), begin, 'a read of groups', end);
    }
  }

  async #readExistence(adapter: DirectoryAdapter): Promise<void> {
    const { id } = this.#random.pick(this.#comers);
    const begin = performance.now();
    const [found] = await adapter.getMany(this.#call(CACHED), 'User', [id]);
    this.#saw(`existence of ${id}`, String(found !== null), begin, 'a read by id');
  }

  async #writeName(adapter: DirectoryAdapter, gateway: CheckedGateway): Promise<void> {
    const at = this.#drawUser();
    const { id } = this.#users[at] as StoredResource;
    const [before] = await adapter.getMany(this.#call('primary'), 'User', [id]);
    if (before === undefined || before === null) return;
    const value = randomUUID();
    const userName = this.#random.chance(0.3) ? nameOf(at, this.#random.upTo(1)) : before.attributes['userName'];
    const draft = draftOf('User', { ...before.attributes, userName: userName ?? null, displayName: value });
    const write: DirectoryWrite = { kind: 'update', type: 'User', id, content: { before, draft } };
    await this.#write(adapter, gateway, `name of ${id}`, value, write);
  }

  async #writeMembership(adapter: DirectoryAdapter, gateway: CheckedGateway): Promise<void> {
    const user = this.#users[this.#drawUser()] as StoredResource;
    const group = this.#random.pick(this.#groups);
    await this.#inTurn(pairOf(user, group), (is) => {
      const members = is === 'true' ? { remove: [user.id] } : { add: [{ id: user.id }] };
      const write: DirectoryWrite = { kind: 'update', type: 'Group', id: group.id, members };
      return this.#write(adapter, gateway, pairOf(user, group), String(is !== 'true'), write);
    });
  }

  async #writeExistence(adapter: DirectoryAdapter, gateway: CheckedGateway): Promise<void> {
    const { id } = this.#random.pick(this.#comers);
    await this.#inTurn(`existence of ${id}`, (is) => {
      const write: DirectoryWrite =
        is === 'true' ? { kind: 'delete', type: 'User', id, retain: true } : { kind: 'restore', type: 'User', id };
      return this.#write(adapter, gateway, `existence of ${id}`, String(is !== 'true'), write);
    });
  }

  /** Half of all that is asked is about the first. */
  #drawUser(): number {
    return this.#random.chance(0.5) ? 0 : this.#random.upTo(USERS - 1);
  }

  /** One write of a key at a time; a key whose last outcome nobody knows is left alone. */
  async #inTurn(key: string, write: (is: string) => Promise<boolean>): Promise<void> {
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    const is = this.#history(key).writes.at(-1)?.value ?? '';
    if (await write(is)) this.#busy.delete(key);
  }

  /** Whether the outcome is known. Until it is, the write is as one that may happen at any time. */
  async #write(
    adapter: DirectoryAdapter,
    gateway: CheckedGateway,
    key: string,
    value: string,
    write: DirectoryWrite,
  ): Promise<boolean> {
    const { writes } = this.#history(key);
    const begin = performance.now();
    const place = writes.push({ value, begin, end: EVER }) - 1;
    const forget = () => void writes.splice(writes.indexOf(own), 1);
    const own = writes[place] as KeyHistory['writes'][number];
    const answer = await Promise.race([answerOf(adapter, this.#call('primary'), write), gateway.killed]).catch(
      (error: unknown) => error as Error,
    );
    this.count += 1;
    if (!(answer instanceof Error)) {
      writes[writes.indexOf(own)] = { value, begin, end: performance.now() };
      return true;
    }
    const code = asDirectoryError(answer)?.code;
    if (code === undefined && answer.message !== 'killed') throw answer;
    if (code === undefined || code === 'OUTCOME_UNKNOWN') {
      this.unknown += 1;
      return false;
    }
    if (code === 'UNAVAILABLE') this.refused += 1;
    forget();
    return true;
  }

  #begin(key: string, value: string): void {
    this.#histories.set(key, { writes: [{ value, begin: 0, end: performance.now() }], reads: [] });
  }

  #saw(key: string, value: string, begin: number, how: string, end = performance.now()): void {
    this.count += 1;
    this.#history(key).reads.push({ value, begin, end, how });
  }

  #history(key: string): KeyHistory {
    const history = this.#histories.get(key);
    if (history === undefined) throw new Error(`no ${key}`);
    return history;
  }

  #call(consistency: 'cached' | 'primary') {
    return callOf({ tenant: this.#tenant, consistency });
  }
}

/** One of the two names that a user goes by. */
function nameOf(at: number, which: number): string {
  return `user${at}${which === 0 ? 'a' : 'b'}`;
}

function pairOf(user: StoredResource, group: StoredResource): string {
  return `membership of ${user.id} in ${group.id}`;
}

async function answerOf(
  adapter: DirectoryAdapter,
  call: ReturnType<typeof callOf>,
  write: DirectoryWrite,
): Promise<Written | Error> {
  const [answer] = await adapter.write(call, [write]);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}
