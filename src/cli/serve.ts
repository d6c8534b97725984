import { loadConfig } from '#config/load-config.ts';
import { prepareEngine } from '#config/prepare-engine.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, type Flags, textFlag, UsageError } from './command.ts';
import { listenFault } from './listen-fault.ts';
import { openingWords } from './opening-words.ts';
import { untilTold } from './until-told.ts';

const DEMO_LIMIT = 1_000_000;

export const serve: Command = {
  help: `Usage: portico [serve] [--config FILE] [--demo N [--seed S]]

Serves until SIGTERM or SIGINT, then answers the requests in flight; a second signal ends it at once.

  --config FILE   a configuration, see docs/configuration.md; without one Portico serves from memory on
                  127.0.0.1:8080 with a tenant "default" and a token that it makes up
  --demo N        fill the first tenant with an organisation of N people, from memory only
  --seed S        which organisation; 1 where absent

Environment: PORTICO_HOST and PORTICO_PORT override the address; PORTICO_TOKEN is the token where no file is given
`,
  options: { config: { type: 'string' }, demo: { type: 'string' }, seed: { type: 'string' } },
  async run(flags) {
    prepareEngine();
    const file = textFlag(flags, 'config');
    const demo = parseDemo(flags);
    const [config, { start }] = await Promise.all([
      loadConfig({ ...(file !== undefined && { file }), flags: { ...(demo && { demo }) }, checkOptions }),
      import('#src/compose.ts'),
    ]);
    try {
      const told = untilTold(['SIGTERM', 'SIGINT']);
      const started = await start(config);
      process.stdout.write(openingWords(config, started));
      await told;
      await started.close();
      return EXIT.ok;
    } catch (error) {
      const fault = listenFault(error);
      if (fault === undefined) throw error;
      process.stderr.write(`portico: ${fault}\n`);
      return EXIT.failed;
    }
  },
};

function parseDemo(flags: Flags): { readonly people: number; readonly seed: number } | undefined {
  const people = wholeNumber(flags, 'demo', 1, DEMO_LIMIT);
  const seed = wholeNumber(flags, 'seed', 0, 2 ** 32 - 1);
  if (people === undefined && seed !== undefined) throw new UsageError('--seed belongs to --demo');
  return people === undefined ? undefined : { people, seed: seed ?? 1 };
}

function wholeNumber(flags: Flags, name: string, least: number, most: number): number | undefined {
  const text = textFlag(flags, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
}
