import { stringify } from 'yaml';
import { checkTokenEntry } from '#config/check-token-entry.ts';
import { mintToken, tokenSha256 } from '#config/token.ts';
import { DirectoryError } from '#model/errors.ts';
import { SCOPES } from '#model/principal.ts';
import { type Command, EXIT, type Flags, textFlag, UsageError } from './command.ts';

export const tokenNew: Command = {
  help: `Usage: portico token new --tenant T --scopes A,B [--name N] [--user U] [--policy P] [--expires DATE]

Prints a bearer token, which is stored nowhere, and the lines that make a configuration accept it.

  --tenant T       the tenant that it opens
  --scopes A,B     of ${SCOPES.join(', ')}
  --name N         what logs call it; the tenant's name where absent
  --user U         the userName of whom it stands for, at /Me; nobody where absent
  --policy P       the attribute policy of the tenant that says what it sees; everything where absent
  --expires DATE   such as 2027-06-30 (00:00 UTC) or 2027-06-30T18:00:00Z; never where absent
`,
  options: {
    tenant: { type: 'string' },
    scopes: { type: 'string' },
    name: { type: 'string' },
    user: { type: 'string' },
    policy: { type: 'string' },
    expires: { type: 'string' },
  },
  async run(flags) {
    const token = mintToken();
    const tenant = neededFlag(flags, 'tenant');
    const expires = textFlag(flags, 'expires');
    const user = textFlag(flags, 'user');
    const policy = textFlag(flags, 'policy');
    const entry = {
      name: textFlag(flags, 'name') ?? tenant,
      tenant,
      scopes: neededFlag(flags, 'scopes').split(','),
      sha256: tokenSha256(token),
      ...(user === undefined ? {} : { user }),
      ...(policy === undefined ? {} : { policy }),
      ...(expires === undefined ? {} : { expires }),
    };
    const faults = checkTokenEntry(entry).map((fault) => ({ ...fault, path: `--${fault.path}` }));
    if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'no token was made', { faults });
    const lines = stringify({ auth: { tokens: [entry] } }, { lineWidth: 0 });
    process.stdout.write(`${token}\n\nIt is shown this once. For the configuration:\n\n${lines}`);
    return EXIT.ok;
  },
};

function neededFlag(flags: Flags, name: string): string {
  const value = textFlag(flags, name);
  if (value === undefined) throw new UsageError(`token new needs --${name}`);
  return value;
}
