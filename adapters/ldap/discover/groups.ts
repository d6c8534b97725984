/** The proposal for groups. */
import type { Json } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';
import type { Preset } from '../options/presets.ts';
import { hasClass, placeOf } from './place.ts';
import type { TableProposal } from './propose.ts';
import type { Survey } from './survey.ts';

/** Whose members are DNs, and the attribute that holds them. */
const SUPPORTED: ReadonlyMap<string, string> = new Map([
  ['groupOfNames', 'member'],
  ['groupOfUniqueNames', 'uniqueMember'],
  ['group', 'member'],
]);
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['posixGroup', 'its members are user names (memberUid), and a member has to be a DN'],
  ['groupOfURLs', 'its members are a search'],
  ['groupOfMembers', 'only groups whose class is the configured one are served'],
]);

export function proposeGroups(
  { base: searched, sample }: Survey,
  preset: Preset['groups'],
  usersBase: Json | undefined,
): TableProposal {
  const byClass = [...SUPPORTED.keys()].map((name) => ({ name, entries: ofClass(sample.groups, name) }));
  const [best] = byClass.toSorted((a, b) => b.entries.length - a.entries.length);
  const main = best !== undefined && best.entries.length > 0 ? best : undefined;
  const place = placeOf(main?.entries ?? []);
  const member = SUPPORTED.get(main?.name ?? '');
  const usual = preset.objectClasses[0];
  const options: Record<string, Json> = {
    base: place?.base ?? (typeof usersBase === 'string' ? usersBase : searched),
    ...(main !== undefined && main.name !== usual && { objectClasses: [main.name] }),
    ...(place !== undefined && place.rdn.toLowerCase() !== preset.rdn.toLowerCase() && { rdn: place.rdn }),
    ...(member !== undefined && member !== preset.member && { member }),
    without: '*',
  };
  const found =
    main === undefined ? 'No groups were found that can be served; name the DN below which they will be.' : '';
  const others = byClass.filter(({ name, entries }) => name !== main?.name && entries.length > 0);
  return {
    options,
    comments: {
      base: [
        found ||
          `Where ${main?.entries.length} groups of the class ${main?.name} were found, in ${place?.units.length} units.`,
      ],
    },
    remarks: [
      ...others.map(
        ({ name, entries }) =>
          `Not served: ${counted(entries)} of the class ${name}; groups of one class are, here ${main?.name}.`,
      ),
      ...[...UNSUPPORTED].flatMap(([name, why]) => {
        const entries = ofClass(sample.groups, name).filter((entry) => !main?.entries.includes(entry));
        return entries.length === 0 ? [] : [`Not served: ${counted(entries)} of the class ${name}; ${why}.`];
      }),
    ],
  };
}

function ofClass(groups: readonly Entry[], name: string): readonly Entry[] {
  return groups.filter((entry) => hasClass(entry, name));
}

function counted(entries: readonly Entry[]): string {
  return entries.length === 1 ? `a group (${entries[0]?.dn})` : `${entries.length} groups`;
}
