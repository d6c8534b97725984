import type { Proposal } from '#adapters/adapter.ts';
import type { Json } from '#model/resource.ts';
import { PRESETS } from '../options/presets.ts';
import { checkControls } from '../server/check-controls.ts';
import type { UniqueOverlay } from '../server/unique-overlay.ts';
import { proposeGroups } from './groups.ts';
import type { Survey } from './survey.ts';
import { proposeUsers } from './users.ts';

/** One table of options with what is to be said of it. */
export interface TableProposal {
  readonly options: { readonly [name: string]: Json };
  /** By the option's name; the empty one is the table itself. */
  readonly comments: { readonly [name: string]: readonly string[] };
  readonly remarks: readonly string[];
}

const KINDS = { openldap: 'OpenLDAP', 'active-directory': 'Active Directory', unknown: 'a server of an unknown kind' };

export function propose(survey: Survey, overlay: UniqueOverlay, isBound: boolean): Proposal {
  const presetName = survey.kind === 'active-directory' ? survey.kind : 'openldap';
  const preset = PRESETS[presetName];
  const users = proposeUsers(survey, preset.users, overlay);
  const groups = proposeGroups(survey, preset.groups, users.options['base']);
  return {
    options: {
      ...(presetName !== 'openldap' && { preset: presetName }),
      users: users.options,
      groups: groups.options,
    },
    comments: { ...prefixed('users', users.comments), ...prefixed('groups', groups.comments) },
    remarks: [...ofServer(survey, isBound), ...users.remarks, ...groups.remarks],
  };
}

function prefixed(table: string, comments: TableProposal['comments']): TableProposal['comments'] {
  const entries = Object.entries(comments).map(
    ([name, lines]) => [name === '' ? table : `${table}.${name}`, lines] as const,
  );
  return Object.fromEntries(entries);
}

function ofServer({ kind, rootDse, schema, base, otherContexts, sample }: Survey, isBound: boolean): readonly string[] {
  const { people, groups, units, partial } = sample;
  const version = [rootDse.vendor, rootDse.vendorVersion].filter(Boolean).join(' ');
  const controls = checkControls(rootDse, kind !== 'active-directory');
  return [
    `The server is ${KINDS[kind]}${version === '' ? '' : ` (${version})`}.`,
    `Looked at ${people.length} people and ${groups.length} groups right below ${units} units of ${base}${partial ? '; there are more, of which no more was read' : ''}.`,
    ...otherContexts.map((context) => `Did not propose anything of ${context}; --base looks there.`),
    ...(isBound ? [] : ['Nobody was bound: accounts see more than strangers do. Name one by --bind-dn.']),
    ...(schema === undefined
      ? ['The account may not read the schema, so that object classes and attributes are guessed.']
      : []),
    ...[...controls.faults, ...controls.notices].map(
      ({ expected, got }) => `Missing: ${expected}${got === undefined ? '' : ` (${got})`}.`,
    ),
  ];
}
