import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createGroup, createUser, ENTERPRISE, USER } from '#test/scim/people.ts';
import type { ScimAnswer } from '#test/support/scim-client.ts';
import type { Slapd } from '#test/support/slapd.ts';
import type { DirectoryGateway, GraphqlAnswer } from './gateway.ts';

/** One request that is over. */
export interface Sample {
  readonly kind: string;
  /** 200 or 201 where it was served; a GraphQL answer with errors counts as 503. */
  readonly status: number;
  readonly ms: number;
  /** By `performance.now()`. */
  readonly endedAt: number;
}

const STABLE = 4;
const JOINERS = 100;
/** Of a write that has, or may have, happened. */
const UNKNOWN = /did not say whether|was carried out|the write is done/;
const REFUSALS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'TIMEOUT', 'OUTCOME_UNKNOWN']);
/** After a refusal; what `Retry-After` says would leave the gateway alone while it is looked at. */
const PAUSE_MS = 10;

/** Reads and writes without end, each answer held against what it must be. */
export class Load {
  readonly samples: Sample[] = [];
  /** Answers that are neither right nor an honest refusal, and things in the directory that must not be there. */
  readonly wrong: string[] = [];
  readonly #gateway: DirectoryGateway;
  readonly #slapd: Slapd;
  readonly #created = new Map<string, string>();
  /** What was said of those who shall not be there. */
  readonly #refused = new Map<string, string>();
  readonly #joined = new Set<string>();
  #work: readonly Promise<void>[] = [];
  #isOver = false;

  constructor(gateway: DirectoryGateway, slapd: Slapd) {
    this.#gateway = gateway;
    this.#slapd = slapd;
  }

  /** Fills the directory, reads what is to be read, and begins. */
  async start(): Promise<void> {
    const { scim } = this.#gateway;
    const chief = await createUser(scim, 'chief');
    const stable: string[] = [];
    for (let i = 0; i < STABLE; i += 1) {
      stable.push(await createUser(scim, `stable ${i}`, { [ENTERPRISE]: { manager: { value: chief } } }));
    }
    const team = await createGroup(scim, 'Team', stable);
    const crowd = await createGroup(scim, 'Crowd');
    const changed = await Promise.all(['first', 'second'].map((name) => createUser(scim, `changed ${name}`)));
    const joiners = await Promise.all(Array.from({ length: JOINERS }, (_, i) => createUser(scim, `joiner ${i}`)));
    const members = 'members(first: 9) { nodes { displayName ... on User { userName manager { userName } } } }';
    this.#work = [
      this.#reader('get', `/Users/${chief}`),
      this.#reader('look-up', '/Users?filter=userName%20eq%20%22STABLE%201%22'),
      this.#reader('list', '/Users?count=3&filter=userName%20sw%20%22stable%22'),
      this.#asker(`{ group(by: { id: "${team}" }) { displayName memberCount ${members} } }`),
      ...changed.map((id) => this.#changer(id)),
      ...['first', 'second', 'third'].map((name) => this.#creator(name)),
      this.#joiner(crowd, joiners),
    ];
    while (new Set(this.samples.map(({ kind }) => kind)).size < READS.size + WRITES.size) await wait(2);
  }

  /** Until something was read and something written that began after `since`. */
  async served(since: number): Promise<number> {
    for (;;) {
      const after = this.samples.filter(({ status, ms, endedAt }) => status < 300 && endedAt - ms >= since);
      const firsts = [READS, WRITES].map((kinds) => after.find(({ kind }) => kinds.has(kind))?.endedAt);
      const [read, write] = firsts;
      if (read !== undefined && write !== undefined) return Math.max(read, write) - since;
      await wait(2);
    }
  }

  /** Ends it, and looks into the directory for what was acknowledged. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#work);
    await this.#checkCreated();
    await this.#checkJoined();
  }

  async #reader(kind: string, path: string): Promise<void> {
    const { body: expected } = await this.#gateway.scim.get(path);
    return this.#repeat(kind, async () => {
      const answer = await this.#gateway.scim.get(path);
      if (answer.status === 200 && !isDeepStrictEqual(answer.body, expected)) this.#isWrong(kind, answer.text);
      return answer;
    });
  }

  async #asker(query: string): Promise<void> {
    const expected = await this.#gateway.graphql(query);
    return this.#repeat('graphql', async () => {
      const answer = await this.#gateway.graphql(query);
      const { data, errors = [] } = answer;
      if (errors.length === 0 && !isDeepStrictEqual(data, expected.data))
        this.#isWrong('graphql', JSON.stringify(data));
      return answer;
    });
  }

  /** Creates people, each name once. */
  #creator(name: string): Promise<void> {
    let count = 0;
    return this.#repeat('create', async () => {
      const userName = `created ${name} ${count++}`;
      const answer = await this.#gateway.scim.post('/Users', {
        schemas: [USER],
        userName,
        title: 'T',
        externalId: 'x',
      });
      if (answer.status === 201) this.#created.set(userName, String(answer.body['id']));
      else if (!UNKNOWN.test(answer.text)) this.#refused.set(userName, answer.text);
      return answer;
    });
  }

  /** Changes one attribute again and again: what is read is what was acknowledged last, or what nobody knows of since. */
  #changer(id: string): Promise<void> {
    let [count, possible] = [0, new Set(['0'])];
    const { scim } = this.#gateway;
    return this.#repeat('change', async () => {
      const title = String(count++);
      const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: title }]);
      if (answer.status === 200) possible = new Set([title]);
      else if (UNKNOWN.test(answer.text)) possible.add(title);
      if (answer.status !== 200) return answer;
      const read = await scim.get(`/Users/${id}`);
      if (read.status === 200 && !possible.has(String(read.body['title']))) this.#isWrong('change', read.text);
      return read;
    });
  }

  #joiner(group: string, people: readonly string[]): Promise<void> {
    let count = 0;
    return this.#repeat('join', async () => {
      const id = people[count++ % people.length] ?? '';
      const path = `/Groups/${group}`;
      const answer = await this.#gateway.scim.patch(path, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
      if (answer.status < 300) this.#joined.add(id);
      return answer;
    });
  }

  async #repeat(kind: string, send: () => Promise<ScimAnswer | GraphqlAnswer>): Promise<void> {
    while (!this.#isOver) {
      const begun = performance.now();
      const answer = await send();
      const status = 'errors' in answer && answer.errors !== undefined ? 503 : answer.status;
      const endedAt = performance.now();
      this.samples.push({ kind, status, ms: endedAt - begun, endedAt });
      if (status < 300) continue;
      this.#checkRefusal(kind, answer);
      await wait(PAUSE_MS);
    }
  }

  #checkRefusal(kind: string, answer: ScimAnswer | GraphqlAnswer): void {
    const text = 'text' in answer ? answer.text : JSON.stringify(answer.errors);
    const isHonest =
      'text' in answer
        ? answer.status === 503 && Number(answer.headers['retry-after']) >= 1
        : answer.errors?.every(({ extensions: { code } }) => REFUSALS.has(code)) === true;
    if (!isHonest || secretsOf(this.#slapd).some((secret) => text.includes(secret))) this.#isWrong(kind, text);
  }

  async #checkCreated(): Promise<void> {
    const found = await this.#slapd.ldapsearch('(uid=created *)', 'uid', 'entryUUID');
    const entries = [...found.matchAll(/^uid: (.+)\nentryUUID: (.+)$/gm)].map(([, uid = '', id = '']) => ({ uid, id }));
    const ids = Map.groupBy(entries, ({ uid }) => uid);
    for (const [userName, id] of this.#created) {
      if (ids.get(userName)?.[0]?.id !== id) this.#isWrong('create', `${userName} was acknowledged and is lost`);
    }
    for (const [userName, said] of this.#refused) {
      if (ids.has(userName)) this.#isWrong('create', `${userName} is there, after ${said}`);
    }
    for (const [userName, twins] of ids) {
      if (twins.length > 1) this.#isWrong('create', `${userName} is there ${twins.length} times`);
    }
  }

  async #checkJoined(): Promise<void> {
    const people = await this.#slapd.ldapsearch('(uid=joiner *)', 'entryUUID');
    const group = await this.#slapd.ldapsearch('(cn=Crowd)', 'member');
    const dns = new Map([...people.matchAll(/^dn: (.+)\nentryUUID: (.+)$/gm)].map(([, dn = '', id = '']) => [id, dn]));
    for (const id of this.#joined) {
      if (!group.includes(`member: ${dns.get(id)}\n`)) this.#isWrong('join', `${id} was acknowledged and is lost`);
    }
  }

  #isWrong(kind: string, what: string): void {
    this.wrong.push(`${kind}: ${what}`);
  }
}

const READS: ReadonlySet<string> = new Set(['get', 'look-up', 'list', 'graphql']);
const WRITES: ReadonlySet<string> = new Set(['create', 'change', 'join']);

/** What of a directory no client is to read. */
export function secretsOf({ suffix, adminDn, adminPassword, port }: Slapd): readonly string[] {
  return [suffix, adminDn, adminPassword, '127.0.0.1', String(port)];
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
