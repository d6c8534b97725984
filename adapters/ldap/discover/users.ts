/** The proposal for people. */
import type { Json } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';
import { normalizeDn } from '../dn.ts';
import type { Preset } from '../options/presets.ts';
import { shortcoming } from '../server/check-unique.ts';
import type { UniqueOverlay } from '../server/unique-overlay.ts';
import { type FilledAttributes, filledIn } from './filled.ts';
import { isUsable, type Known, mappingOf } from './mapping.ts';
import { hasClass, mainClass, type Place, placeOf } from './place.ts';
import type { TableProposal } from './propose.ts';
import { PERSON_CLASSES } from './sample.ts';
import type { Survey } from './survey.ts';

const USER_NAMES = ['uid', 'userPrincipalName', 'sAMAccountName', 'eduPersonPrincipalName', 'mail', 'cn'];
/** What Portico has for entries, docs/guides/ldap/portico.schema. */
const OWN = { class: 'porticoResource', overflow: 'porticoOverflow' };
/** What is never mapped: it names the entry's kind, or a secret, or a domain of Active Directory keeps it of each account. */
const NO_CONTENT: ReadonlySet<string> = new Set([
  'objectclass',
  'userpassword',
  'krbprincipalkey',
  'sambantpassword',
  'sambalmpassword',
  ...['name', 'distinguishedname', 'objectcategory', 'memberof', 'samaccountname', 'samaccounttype', 'primarygroupid'],
  ...['badpwdcount', 'badpasswordtime', 'lastlogon', 'lastlogoff', 'lastlogontimestamp', 'logoncount', 'pwdlastset'],
  ...['accountexpires', 'codepage', 'countrycode'],
]);

export function proposeUsers(survey: Survey, preset: Preset['users'], overlay: UniqueOverlay): TableProposal {
  const { schema, base: searched, sample, kind } = survey;
  const isDomain = kind === 'active-directory';
  const main = mainClass(sample.people, PERSON_CLASSES, schema) ?? preset.objectClasses[0] ?? 'inetOrgPerson';
  const people = sample.people.filter((entry) => hasClass(entry, main));
  const place = placeOf(people);
  const filled = filledIn(people, schema);
  const known: Known = { schema, classes: [main], filled };
  const userName = place && userNameOf(people, known);
  const usual = typeof preset.attributes['userName'] === 'string' ? preset.attributes['userName'] : undefined;
  const mapping = mappingOf(preset.attributes, known, userName ?? usual);
  const keeps = schema?.objectClass(OWN.class) !== undefined && schema.attribute(OWN.overflow) !== undefined;
  const classes = keeps ? [main, OWN.class] : [main];
  const base = place?.base ?? searched;
  const unique = [...new Set([userName ?? usual ?? 'uid'])].filter((name) => isKept(overlay, base, main, name));
  const options: Record<string, Json> = {
    base,
    ...(JSON.stringify(classes) !== JSON.stringify(preset.objectClasses) && { objectClasses: classes }),
    ...(place !== undefined && place.rdn.toLowerCase() !== preset.rdn.toLowerCase() && { rdn: place.rdn }),
    ...(Object.keys(mapping.attributes).length > 0 && { attributes: mapping.attributes }),
    ...(!isUsable(known, preset.manager) && { manager: null }),
    ...(!isUsable(known, preset.password.attribute) && { password: null }),
    ...(keeps ? { overflow: OWN.overflow } : { without: '*' }),
    ...(unique.length > 0 && { unique }),
  };
  return {
    options,
    comments: {
      ...commentsOf(place, keeps),
      ...(isDomain ? {} : commentsOnUnique(unique, userName ?? 'uid', base, overlay)),
    },
    remarks: [
      ...strangers(sample.people, people, main),
      ...(place === undefined ? [] : namesMissing(people, userName ?? 'uid')),
      ...unseen(people),
      ...unmapped(filled, mapping.mapped, known, preset.manager, people.length),
      ...(isDomain ? [] : missingIndexes(userName ?? 'uid', preset.manager)),
    ],
  };
}

/** The first that most have and none shares, else what most have. */
function userNameOf(people: readonly Entry[], { schema, filled }: Known): string | undefined {
  const count = (name: string) => filled.get(schema?.canonical(name) ?? name.toLowerCase())?.count ?? 0;
  const candidates = USER_NAMES.filter((name) => count(name) > 0);
  const usual = candidates.find((name) => count(name) * 2 > people.length && !hasDoubles(people, name));
  return usual ?? candidates.toSorted((a, b) => count(b) - count(a))[0];
}

function hasDoubles(people: readonly Entry[], name: string): boolean {
  const values = people.flatMap((entry) => entry.string(name)?.toLowerCase() ?? []);
  return new Set(values).size < values.length;
}

function isKept(overlay: UniqueOverlay, base: string, main: string, attribute: string): boolean {
  if (overlay.seen !== 'directives') return false;
  const entries = { normalBase: normalizeDn(base), objectClasses: [main] };
  return overlay.directives.some((directive) => shortcoming(directive, entries, attribute) === undefined);
}

function commentsOf(place: Place | undefined, keeps: boolean): TableProposal['comments'] {
  return {
    base: place === undefined ? ['No people were found; name the DN below which they will be.'] : unitsOf(place),
    rdn: [
      `New entries are named by it, as most are${others(place)}; what a SCIM attribute is mapped to renames the entry when it changes.`,
    ],
    ...(keeps
      ? {
          overflow: [
            `Keeps what no other attribute can hold. Entries that are there need the object class ${OWN.class} first.`,
          ],
        }
      : {
          without: [
            'Attributes without a place are refused by name when somebody writes them; docs/guides/ldap.md says how to keep them.',
          ],
        }),
  };
}

function commentsOnUnique(
  unique: readonly string[],
  userName: string,
  base: string,
  overlay: UniqueOverlay,
): TableProposal['comments'] {
  if (unique.length > 0) return { unique: ['The server has the overlay for it.'] };
  return { '': uniqueness(userName, base, overlay) };
}

function unitsOf({ base, units, entries }: Place): readonly string[] {
  if (units.length === 1) return [`Where all of ${entries.length} people looked at are.`];
  const shown = units.slice(0, 10).map((unit) => `  ${unit}`);
  const more = units.length > 10 ? [`  and ${units.length - 10} more`] : [];
  return [
    `The name above ${units.length} units with people; new ones are created right below ${base}.`,
    ...shown,
    ...more,
  ];
}

function others(place: Place | undefined): string {
  return place === undefined || place.otherRdns.length === 0 ? '' : ` (others by ${place.otherRdns.join(', ')})`;
}

function uniqueness(userName: string, base: string, overlay: UniqueOverlay): readonly string[] {
  const directive = `unique_uri "serialize ldap:///${base}?${userName}?sub"`;
  const seen =
    overlay.seen === 'hidden' || overlay.seen === 'loaded'
      ? 'Whether the server keeps user names unique cannot be seen.'
      : 'The server does not keep user names unique.';
  return [`${seen} Where it does (${directive}), add: unique: [${userName}]`];
}

function strangers(all: readonly Entry[], people: readonly Entry[], main: string): readonly string[] {
  const left = all.length - people.length;
  if (left === 0) return [];
  const example = all.find((entry) => !people.includes(entry))?.dn;
  return [`Not served: ${left} of ${all.length} accounts are no ${main}, such as ${example}.`];
}

function namesMissing(people: readonly Entry[], userName: string): readonly string[] {
  const nameless = people.filter((entry) => entry.buffers(userName).length === 0);
  const doubles = hasDoubles(people, userName)
    ? [`Some people share a ${userName}: user names have to be unique.`]
    : [];
  if (nameless.length === 0) return doubles;
  return [
    ...doubles,
    `${nameless.length} of ${people.length} people have no ${userName}, which is their userName, such as ${nameless[0]?.dn}.`,
  ];
}

/** What has to be read of every entry. */
function unseen(people: readonly Entry[]): readonly string[] {
  const [first] = people;
  const missing = ['entryUUID', 'entryCSN'].filter((name) => first !== undefined && first.buffers(name).length === 0);
  return missing.length === 0 || first?.buffers('objectGUID').length
    ? []
    : [
        `The account may not read ${missing.join(' and ')}, by which entries and their versions are known: grant it that.`,
      ];
}

function unmapped(
  filled: FilledAttributes,
  mapped: ReadonlySet<string>,
  { schema }: Known,
  manager: string,
  total: number,
): readonly string[] {
  const known = new Set([...mapped, schema?.canonical(manager) ?? manager]);
  const left = [...filled].filter(([key]) => !known.has(key) && !NO_CONTENT.has(key));
  if (left.length === 0) return [];
  const names = left.toSorted(([, a], [, b]) => b.count - a.count).map(([, { name, count }]) => `${name} (${count})`);
  return [
    `Filled and not mapped, of ${total} people: ${names.join(', ')}. Map them in users.attributes; until then they stay as they are.`,
  ];
}

function missingIndexes(userName: string, manager: string): readonly string[] {
  return [
    `Indexes that it takes: objectClass, entryUUID, member, ${manager}, ${userName} and mail eq; ${userName}, mail, cn, sn and displayName sub.`,
  ];
}
