import { parseArgs } from 'node:util';

export interface Options {
  /** Absent, each case has its usual sizes. */
  readonly people?: readonly number[];
  /** Names of cases; empty for all. */
  readonly only: readonly string[];
  /** Length of one slice of load. */
  readonly seconds: number;
  /** How often each contestant gets a slice. */
  readonly rounds: number;
  readonly connections: number;
  readonly seed: number;
  readonly serverCore: number;
  readonly clientCore: number;
  readonly profile: boolean;
}

export const USAGE = `node bench/main.ts [options]
  --people N,N       sizes of the demo organisation (1000,100000; cursor: 1000000)
  --only CASE,CASE   some cases only; a name stands for all that begin with it
  --seconds N        length of one slice of load (2)
  --rounds N         slices per contestant (3)
  --connections N    open connections (32)
  --seed N           seed of the demo (1)
  --cores S,C        core of the servers, core of the client (0,1)
  --profile          no comparison: a V8 CPU profile of the server under each case
  --list             names the cases
`;

/** @throws {Error} naming the option and what was expected */
export function parseOptions(args: readonly string[]): Options | 'list' | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: text,
      only: { ...text, default: '' },
      seconds: { ...text, default: '2' },
      rounds: { ...text, default: '3' },
      connections: { ...text, default: '32' },
      seed: { ...text, default: '1' },
      cores: { ...text, default: '0,1' },
      profile: flag,
      list: flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  if (values.list) return 'list';
  const [serverCore, clientCore] = parsePair('cores', values.cores);
  return {
    ...(values.people !== undefined && {
      people: values.people.split(',').map((size) => parseWhole('people', size, 200)),
    }),
    only: values.only.split(',').filter((name) => name !== ''),
    seconds: parseWhole('seconds', values.seconds, 1),
    rounds: parseWhole('rounds', values.rounds, 1),
    connections: parseWhole('connections', values.connections, 1),
    seed: parseWhole('seed', values.seed, 0),
    serverCore,
    clientCore,
    profile: values.profile ?? false,
  };
}

function parsePair(name: string, text: string): readonly [number, number] {
  const [first, second, ...more] = text.split(',').map((part) => parseWhole(name, part, 0));
  if (first === undefined || second === undefined || more.length > 0 || first === second) {
    throw new Error(`--${name}: expected two different numbers such as 0,1, got ${text}`);
  }
  return [first, second];
}

function parseWhole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name}: expected a whole number of at least ${least}, got ${text}`);
}
