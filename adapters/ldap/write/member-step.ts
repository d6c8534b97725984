/** What a plan comes to, given who is a member now. */
import type { Filter } from 'ldapts';
import type { Ref, ResourceId } from '#model/resource.ts';
import { matchedValues } from '../connection/controls.ts';
import { tryNormalizeDn } from '../dn.ts';
import { all, any, equals, has } from '../filter/terms.ts';
import { partsOf, type Reader } from '../read/reader.ts';
import type { Found } from '../tenant-view.ts';
import { type MemberPlan, refOf } from './member-plan.ts';

/** One value of the group; `ref` is absent where no entry has the name any more. */
export interface End {
  readonly text: string;
  readonly ref?: Ref;
}

export interface MemberStep {
  readonly add: readonly End[];
  readonly remove: readonly End[];
}

/** Not `exact`: as planned, which the server refuses where some are members already, or are not; that costs no look at the group. */
export async function memberStep(
  reader: Reader,
  group: Found,
  plan: MemberPlan,
  entries: ReadonlyMap<ResourceId, Found>,
  exact: boolean,
): Promise<MemberStep> {
  const texts = new Map([...entries.values()].map(({ dn, entry }) => [dn, entry.dn]));
  const ends = (names: ReadonlyMap<string, Ref>): readonly (End & { readonly dn: string })[] =>
    [...names].map(([dn, ref]) => ({ dn, text: texts.get(dn) ?? dn, ref }));
  if (!exact) return { add: ends(plan.add), remove: ends(plan.remove) };
  const names = [...plan.add.keys(), ...plan.remove.keys()];
  const members = await readMembers(reader, group, plan.replace ? undefined : names);
  const add = ends(plan.add).filter(({ dn }) => !members.has(dn));
  if (!plan.replace) return { add, remove: ends(plan.remove).filter(({ dn }) => members.has(dn)) };
  const leaving = [...members].filter(([dn]) => !plan.add.has(dn));
  const found = await reader.byDns(leaving.map(([dn]) => dn));
  return { add, remove: leaving.map(([dn, text]) => endOf(text, found.get(dn))) };
}

function endOf(text: string, found: Found | undefined): End {
  return { text, ...(found && { ref: refOf(found) }) };
}

/** Those of `names` that are members, or all; normalized to as they are written. Neither placeholder nor strangers. */
async function readMembers(
  reader: Reader,
  { id, container, entry }: Found,
  names: readonly string[] | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { link = '', dialect } = container;
  const { operational } = reader.view;
  const read = [...operational, link];
  const backLink = dialect.backLinks?.[link];
  if (names !== undefined && backLink !== undefined) return membersAmong(reader, equals(backLink, entry.dn), names);
  const parts = names === undefined ? [undefined] : partsOf(names);
  const found = await Promise.all(
    parts.map((part) => {
      const controls =
        part === undefined ? [] : [matchedValues([...part.map((dn) => equals(link, dn)), ...operational.map(has)])];
      return reader.search(container, container.id.equals(id), read, controls);
    }),
  );
  const texts = found.flat().flatMap(({ entry }) => entry.strings(link));
  const members = new Map<string, string>();
  for (const text of texts) {
    const dn = tryNormalizeDn(text);
    if (dn !== undefined && reader.view.typeOf(dn) !== undefined) members.set(dn, text);
  }
  return members;
}

/** Those of `names` that say themselves that they are. */
async function membersAmong(
  reader: Reader,
  isMember: Filter,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { name } = reader.view.groups.dialect;
  const found = await Promise.all(
    partsOf(names).map((part) => reader.searchAll(all(any(...part.map((dn) => equals(name, dn))), isMember))),
  );
  return new Map(found.flat().map(({ dn, entry }) => [dn, entry.dn]));
}
