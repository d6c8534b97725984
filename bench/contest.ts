import { type HttpRequest, writeRequests } from './http-request.ts';
import type { Options } from './options.ts';
import { runWrk, type Slice } from './wrk.ts';

/** Somebody who is given load. */
export type Contestant = Served | SelfDriven;

/** Somebody who makes its load itself. */
export interface SelfDriven {
  readonly name: string;
  readonly inspectorPort?: number | undefined;
  play(seconds: number): Promise<Slice>;
}

/** A server, and the requests that it gets over HTTP. */
export interface Served {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly requests: readonly HttpRequest[];
  readonly authorization: string;
  /** Where it can be profiled; absent on what is no subject, and unless profiles are asked for. */
  readonly inspectorPort?: number | undefined;
  /** Operations in each of its requests, where there are many: its rates are those of operations. */
  readonly operations?: number;
  /** Instead of the run's own. */
  readonly connections?: number;
}

export interface Comparison {
  /** Names of contestants. */
  readonly subject: string;
  readonly against: string;
  readonly atLeast?: number;
}

/** Contestants that take turns, so that whatever else the machine does meets them alike. */
export interface Contest {
  readonly name: string;
  readonly people: number;
  readonly contestants: readonly Contestant[];
  /** Whose slices must fill a core, or the contest says nothing; absent where waiting for answers is part of what is measured. */
  readonly yardstick?: string;
  readonly comparisons: readonly Comparison[];
  /** Looks, after the load, whether what was acknowledged has happened. @throws {Error} if not */
  readonly confirm?: (slices: ReadonlyMap<string, readonly Slice[]>) => Promise<void>;
}

/** Slices by contestant, in the order in which they were run. */
export async function runContest(
  contest: Contest,
  options: Options,
  folder: string,
): Promise<ReadonlyMap<string, readonly Slice[]>> {
  const players = contest.contestants.map((contestant) => openPlayer(contestant, options, folder));
  if (options.warmUpSeconds > 0) for (const player of players) await player.play(options.warmUpSeconds);
  const slices = new Map<string, Slice[]>(players.map((player) => [player.name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const player of players) slices.get(player.name)?.push(await player.play(options.seconds));
  }
  await contest.confirm?.(slices);
  return slices;
}

/** Goes on through its requests from slice to slice. */
export function openPlayer(contestant: Contestant, options: Options, folder: string): SelfDriven {
  if ('play' in contestant) return contestant;
  const { name, port, pid, requests, authorization } = contestant;
  const requestFile = `${folder}/${name.replaceAll(/[^a-z0-9]+/gi, '-')}.requests`;
  writeRequests(requestFile, requests, authorization);
  const { clientCore } = options;
  const { connections = options.connections } = contestant;
  let position = 0;
  const play = async (seconds: number): Promise<Slice> => {
    const slice = await runWrk({ port, serverPid: pid, requestFile, position, seconds, connections, clientCore });
    position = slice.position;
    return perOperation(slice, contestant.operations ?? 1);
  };
  return { name, play };
}

function perOperation(slice: Slice, operations: number): Slice {
  return {
    ...slice,
    requests: slice.requests * operations,
    perSecond: slice.perSecond * operations,
    serverMicrosPerRequest: slice.serverMicrosPerRequest / operations,
  };
}
