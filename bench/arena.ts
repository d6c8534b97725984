import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant, Served } from './contest.ts';
import type { HttpRequest } from './http-request.ts';
import type { Directory } from './ldap/directory.ts';
import { type Searcher, type SearcherTask, startSearcher } from './ldap/start-searcher.ts';
import type { Options } from './options.ts';
import { findFreePort, type PinnedServer, startPinned } from './pinned-server.ts';
import type { Stage } from './stage.ts';
import { type Answer, type Subject, startSubject } from './subject.ts';

export interface SampledUser {
  readonly id: string;
  readonly userName: string;
}

/** What a case needs to set itself up: the running product, some of its people, and yardsticks made to measure. */
export interface Arena {
  readonly subject: Subject;
  readonly directory: Directory | undefined;
  readonly options: Options;
  /** For files that live as long as the run. */
  readonly folder: string;
  /** Spread evenly over the directory. */
  readonly users: readonly SampledUser[];
  /** The product under the given requests. */
  contend(name: string, requests: readonly HttpRequest[]): Served;
  /** A bare server that answers every request with the bytes of `answer`; before a directory, searches by ldapts, one for a request. */
  startYardstick(answer: Answer, requests: readonly HttpRequest[]): Promise<Contestant>;
  /** The product once more, over the same people, under other ids where it is filled by the demo, with keys of a configuration; stopped with the arena. */
  startVariant(name: string, keys: object, inspect?: boolean): Promise<Subject>;
  /** Asks the directory without a gateway; stopped with the arena. */
  startSearcher(task: SearcherTask, inspectorPort?: number): Promise<Searcher>;
  /** A server of the case's own, stopped with the arena. */
  start(args: readonly string[], readyPath: string): Promise<PinnedServer>;
  stop(): Promise<void>;
}

export async function openArena(stage: Stage, options: Options, folder: string): Promise<Arena> {
  const { subject, directory } = stage;
  const servers: Pick<PinnedServer, 'stop'>[] = [];
  const { authorization, inspectorPort } = subject;
  const start: Arena['start'] = async (args, readyPath) => {
    const port = Number(args[1]);
    const server = await startPinned({ core: options.serverCore, port, args, readyPath });
    servers.push(server);
    return server;
  };
  const startBare = async (answer: Answer, requests: readonly HttpRequest[]) => {
    const server = await start(await bareArguments(answer, folder), '/');
    return { name: 'bare', port: server.port, pid: server.pid, requests: bareRequests(requests), authorization };
  };
  const searcherOf: Arena['startSearcher'] = async (task, inspectorPort) => {
    const searcher = await startSearcher(task, { core: options.serverCore, folder, inspectorPort });
    servers.push(searcher);
    return searcher;
  };
  const users = directory === undefined ? await sampleUsers(subject) : sampleNames(directory);
  return {
    subject,
    directory,
    options,
    folder,
    users,
    contend: (name, requests) => ({
      name,
      port: subject.port,
      pid: subject.pid,
      requests,
      authorization,
      inspectorPort,
    }),
    async startYardstick(answer, requests) {
      if (directory === undefined) return startBare(answer, requests);
      const task = { by: 'ldapts', backend: directory.backend, ids: users.map(({ id }) => id) } as const;
      return (await searcherOf(task)).contend('ldapts', options.connections);
    },
    async startVariant(name, keys, inspect = options.profile) {
      const { seed, serverCore: core } = options;
      const { people } = subject;
      const config = { file: join(folder, `${name}.yaml`), keys: { ...stage.keys, ...keys } };
      const filled = directory === undefined && { seed };
      const variant = await startSubject({ people, ...filled, core, inspect, config });
      servers.push(variant);
      return variant;
    },
    startSearcher: searcherOf,
    start,
    async stop() {
      for (const server of servers) await server.stop();
    },
  };
}

async function bareArguments(answer: Answer, folder: string): Promise<readonly string[]> {
  const port = await findFreePort();
  const file = join(folder, `bare-${port}.body`);
  writeFileSync(file, answer.bytes);
  return [join(import.meta.dirname, 'bare-server.ts'), String(port), answer.contentType, file];
}

/** The same reads; where a case only writes, plain reads without a body, the harder yardstick. */
function bareRequests(requests: readonly HttpRequest[]): readonly HttpRequest[] {
  const reads = requests.filter((request) => request.method === 'GET');
  return reads.length > 0 ? reads : [{ method: 'GET', path: requests[0]?.path ?? '/' }];
}

const SAMPLE_PAGES = 20;
const PAGE = 100;

async function sampleUsers(subject: Subject): Promise<readonly SampledUser[]> {
  const pages = Math.min(SAMPLE_PAGES, Math.floor(subject.people / PAGE));
  const stride = Math.floor(subject.people / pages);
  const users: SampledUser[] = [];
  for (let page = 0; page < pages; page++) {
    const path = `/scim/v2/Users?startIndex=${1 + page * stride}&count=${PAGE}&attributes=userName`;
    const list = (await subject.send('GET', path)).json as { Resources: readonly SampledUser[] };
    users.push(...list.Resources);
  }
  return users;
}

function sampleNames({ users }: Directory): readonly SampledUser[] {
  const stride = Math.max(1, Math.floor(users.length / (SAMPLE_PAGES * PAGE)));
  return users.filter((_, position) => position % stride === 0).map(({ id, name }) => ({ id, userName: name }));
}
