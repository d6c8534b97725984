import { VERSION } from '#config/version.ts';
import { DirectoryError } from '#model/errors.ts';
import { nearestName } from '#model/nearest-name.ts';
import { type Command, EXIT, type ExitCode, UsageError } from './command.ts';
import { parseFlags } from './parse-flags.ts';
import { printFaults } from './print-faults.ts';

/** Loaded when they are called, so that a start pays for no other command. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serve],
  ['check', async () => (await import('./check.ts')).check],
  ['token new', async () => (await import('./token-new.ts')).tokenNew],
  ['schema', async () => (await import('./schema.ts')).schema],
  ['connect', async () => (await import('./connect.ts')).connect],
  ['ldap discover', async () => (await import('./ldap-discover.ts')).ldapDiscover],
]);

/** The words behind these are no part of the command's name. */
const TAKES_OPERANDS: ReadonlySet<string> = new Set(['connect']);

const HELP = `portico ${VERSION}: identity providers push over SCIM, applications ask over GraphQL

Usage:
  portico [serve] [--config FILE | --demo N [--seed S]]   serve; without a file, on 127.0.0.1:8080 from memory
  portico check --config FILE [--connect]                 tell every fault of a configuration, then what it comes to
  portico token new --tenant T --scopes A,B               print a new token, once, and the lines for the configuration
  portico schema [--tenant T] [--config FILE]             print the GraphQL schema of a tenant
  portico connect IDP [--tenant T] [--config FILE]        print what to type into an identity provider
  portico ldap discover --url URL [--bind-dn DN ...]      look at a directory and print a configuration that serves it
  portico --version
  portico [command] --help

Exit codes: 0 done, 1 failed while running, 2 the command line or the configuration is at fault
`;

/** Runs one command line and answers with the process's exit code; faults are told on standard error. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  try {
    return await dispatch(args);
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`portico: ${error.message}\nSee portico --help\n`);
    else if (error instanceof DirectoryError && error.code === 'INVALID_VALUE')
      process.stderr.write(printFaults(error));
    else throw error;
    return EXIT.usage;
  }
}

async function dispatch(args: readonly string[]): Promise<ExitCode> {
  if (args[0] === '--help' || args[0] === '-h' || args[0] === 'help') return say(HELP);
  if (args[0] === '--version') return say(`portico ${VERSION}\n`);
  const { load, operands, rest } = findCommand(args);
  const command = await load();
  const flags = parseFlags(rest, { ...command.options, help: { type: 'boolean', short: 'h' } });
  return flags['help'] ? say(command.help) : await command.run(flags, operands);
}

function findCommand(args: readonly string[]): {
  readonly load: () => Promise<Command>;
  readonly operands: readonly string[];
  readonly rest: readonly string[];
} {
  const end = args.findIndex((arg) => arg.startsWith('-'));
  const words = end < 0 ? args : args.slice(0, end);
  const [first = 'serve', ...others] = words;
  const operands = TAKES_OPERANDS.has(first) ? others : [];
  const name = operands.length > 0 ? first : [first, ...others].join(' ');
  const load = COMMANDS.get(name);
  if (load !== undefined) return { load, operands, rest: args.slice(words.length) };
  const nearest = nearestName(name, COMMANDS.keys());
  const remedy =
    nearest === undefined ? `the commands are ${[...COMMANDS.keys()].join(', ')}` : `did you mean "${nearest}"?`;
  throw new UsageError(`unknown command "${name}"; ${remedy}`);
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return EXIT.ok;
}
