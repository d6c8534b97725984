import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearestName } from '#model/nearest-name.ts';
import { type Flags, UsageError } from './command.ts';

/** @throws UsageError that names every flag at fault, and the nearest known one where it is unknown */
export function parseFlags(args: readonly string[], options: ParseArgsOptionsConfig): Flags {
  const { values, positionals, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const complaints = tokens.flatMap((token) => (token.kind === 'option' ? complaintAbout(token, options) : []));
  if (complaints.length > 0) throw new UsageError(complaints.join('; '));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no flag; flags begin with --`);
  return values as Flags;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function complaintAbout(token: OptionToken, options: ParseArgsOptionsConfig): readonly string[] {
  const { name, rawName, value, inlineValue } = token;
  if (!Object.hasOwn(options, name)) {
    const nearest = nearestName(name, Object.keys(options));
    return [`unknown flag ${rawName}${nearest === undefined ? '' : ` (did you mean --${nearest}?)`}`];
  }
  if (options[name]?.type === 'boolean') return inlineValue ? [`${rawName} takes no value`] : [];
  const isFlag = !inlineValue && value?.startsWith('-');
  return !value || isFlag ? [`${rawName} needs a value`] : [];
}
