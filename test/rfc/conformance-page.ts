import type { Requirement } from './requirements.ts';

/** Rows whose test passed, out of a run of all of them. */
export type Passed = ReadonlySet<string>;

const SECTIONS: { readonly [letter: string]: string } = {
  A: 'HTTP, media types, addresses, credentials',
  B: 'Discovery',
  C: 'Schemas, characteristics, data types',
  D: 'Common attributes, User, Group, Enterprise User',
  E: 'Create',
  F: 'Read one',
  G: 'Query and filter',
  H: 'Sort',
  I: 'Paging',
  J: 'Projection',
  K: 'Search by POST',
  L: 'PUT',
  M: 'PATCH',
  N: 'DELETE',
  O: 'Bulk',
  P: '/Me',
  Q: 'Errors',
  R: 'Versions and ETags',
  S: 'Internationalisation',
  T: 'Tenants',
  U: 'Security',
};

const HEAD = `# Conformance

What RFC 7643, RFC 7644, RFC 9865 and their errata ask of a SCIM server, row by row, and what Portico makes of it. This page is
written by \`npm run conformance\` from a run of \`test/rfc\`, where each row has a test that talks to a started gateway; \`npm test\`
fails where the page and a run differ, and where a row has neither a test that passes nor a reason.

*met*: tested as the row says. *by setting*: tested on both sides of a setting of the tenant ([configuration](configuration.md)).
*not yet*: with the reason. Where a row leaves a choice, what Portico chose stands behind the arrow.
`;

/** docs/conformance.md; depends on the requirements and on what passed, and on nothing that changes from run to run. */
export function conformancePage(requirements: readonly Requirement[], passed: Passed): string {
  const sections = Object.entries(SECTIONS).map(([letter, title]) => {
    const rows = requirements.filter(({ row }) => row.startsWith(letter));
    return { letter, title, rows };
  });
  return [
    HEAD,
    summary(sections, passed),
    ...sections.map(({ letter, title, rows }) => `## ${letter}. ${title}\n\n${rowTable(rows, passed)}`),
    `## Decisions\n\nWhere the RFCs leave a choice, are silent, or contradict themselves:\n\n${decisions(requirements)}`,
  ].join('\n');
}

/** Rows that have neither a test that passed nor a reason. */
export function unmet(requirements: readonly Requirement[], passed: Passed): readonly string[] {
  return requirements.filter(({ row, reason }) => !passed.has(row) && reason === undefined).map(({ row }) => row);
}

interface Section {
  readonly letter: string;
  readonly title: string;
  readonly rows: readonly Requirement[];
}

function summary(sections: readonly Section[], passed: Passed): string {
  const line = (name: string, rows: readonly Requirement[]) => {
    const count = (wanted: Result) => rows.filter((row) => resultOf(row, passed) === wanted).length;
    return [name, count('met'), count('by setting'), count('not yet'), rows.length];
  };
  const all = sections.flatMap(({ rows }) => rows);
  return table(
    ['Section', 'met', 'by setting', 'not yet', 'rows'],
    [...sections.map(({ letter, title, rows }) => line(`${letter}. ${title}`, rows)), line('**All**', all)],
  );
}

type Result = 'met' | 'by setting' | 'not yet' | 'failed';

function resultOf({ row, setting, reason }: Requirement, passed: Passed): Result {
  if (reason !== undefined) return 'not yet';
  if (!passed.has(row)) return 'failed';
  return setting === undefined ? 'met' : 'by setting';
}

function rowTable(rows: readonly Requirement[], passed: Passed): string {
  return table(
    ['Row', 'Source', 'Level', 'Requirement', 'Result'],
    rows.map((requirement) => {
      const { row, section, level, text, choice, setting, reason } = requirement;
      const result = resultOf(requirement, passed);
      const settings = setting === undefined ? '' : ` (${codes(setting)})`;
      return [
        row,
        section,
        level,
        choice ? `${text} → ${choice}` : text,
        `${result}${settings}${reason ? `: ${reason}` : ''}`,
      ];
    }),
  );
}

function decisions(requirements: readonly Requirement[]): string {
  const decided = requirements.filter(({ level, choice }) => level === 'DECIDE' || choice !== undefined);
  return table(
    ['Row', 'Question', 'Portico'],
    decided.map(({ row, text, choice = 'as the requirement says' }) => [row, text, choice]),
  );
}

function codes(names: string): string {
  return names
    .split(', ')
    .map((name) => `\`${name}\``)
    .join(', ');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')}\n`;
}
