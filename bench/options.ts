import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const BACKENDS = ['memory', 'ldap'] as const;

export interface Options {
  /** What the product keeps its people in. */
  readonly adapter: (typeof BACKENDS)[number];
  /** Absent, each case has its usual sizes. */
  readonly people?: readonly number[];
  /** Names of cases; empty for all. */
  readonly only: readonly string[];
  /** Length of one slice of load. */
  readonly seconds: number;
  /** Load before the first slice, of which nothing is counted. */
  readonly warmUpSeconds: number;
  /** How often each contestant gets a slice. */
  readonly rounds: number;
  readonly connections: number;
  readonly seed: number;
  readonly serverCore: number;
  readonly clientCore: number;
  readonly profile: boolean;
  /** Where everything behind the table goes. */
  readonly result: string;
}

export const USAGE = `node bench/main.ts [options]
  --adapter NAME     memory or ldap: a slapd of its own (memory)
  --people N,N       sizes of the demo organisation (1000,100000; cursor: 1000000)
  --only CASE,CASE   some cases only; a name stands for all that begin with it
  --seconds N        length of one slice of load (2)
  --warm-up N        load before the first slice (2)
  --rounds N         slices per contestant (3)
  --connections N    open connections (32)
  --seed N           seed of the demo (1)
  --cores S,C        core of the servers, core of the client (0,1)
  --profile          no comparison: a V8 CPU profile of the server under each case
  --result FILE      everything behind the table (bench/results/latest.json)
  --list             names the cases
`;

/** @throws {Error} naming the option and what was expected */
export function parseOptions(args: readonly string[]): Options | 'list' | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      adapter: { ...text, default: 'memory' },
      people: text,
      only: { ...text, default: '' },
      seconds: { ...text, default: '2' },
      'warm-up': { ...text, default: '2' },
      rounds: { ...text, default: '3' },
      connections: { ...text, default: '32' },
      seed: { ...text, default: '1' },
      cores: { ...text, default: '0,1' },
      profile: flag,
      result: { ...text, default: join(import.meta.dirname, 'results', 'latest.json') },
      list: flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  if (values.list) return 'list';
  const [serverCore, clientCore] = parsePair('cores', values.cores);
  return {
    adapter: parseAdapter(values.adapter),
    ...(values.people !== undefined && {
      people: values.people.split(',').map((size) => parseWhole('people', size, 200)),
    }),
    only: values.only.split(',').filter((name) => name !== ''),
    seconds: parseWhole('seconds', values.seconds, 1),
    warmUpSeconds: parseWhole('warm-up', values['warm-up'], 0),
    rounds: parseWhole('rounds', values.rounds, 1),
    connections: parseWhole('connections', values.connections, 1),
    seed: parseWhole('seed', values.seed, 0),
    serverCore,
    clientCore,
    profile: values.profile ?? false,
    result: values.result,
  };
}

function parseAdapter(name: string): Options['adapter'] {
  const known = BACKENDS.find((each) => each === name);
  if (known === undefined) throw new Error(`--adapter: expected ${BACKENDS.join(' or ')}, got ${name}`);
  return known;
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
