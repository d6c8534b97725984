/** What a plan comes to, given who is a member now. */
import type { Filter } from 'ldapts';
import type { Written } from '#adapters/adapter.ts';
import type { Ref, ResourceId, StoredResource } from '#model/resource.ts';
import { matchedValues } from '../connection/controls.ts';
import type { Modification } from '../connection/operations.ts';
import { tryNormalizeDn } from '../dn.ts';
import { all, any, equals, has } from '../filter/terms.ts';
import { typeNamed } from '../links/holders.ts';
import { partsOf, type Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';
import { type MemberPlan, refOf } from './member-plan.ts';

/** Changes of more members than this are answered by `many`, and have the group read whole. */
export const REFS_LIMIT = 1_000;

/**
 * A server goes through a group's values for each that is added or deleted: 3,000 of 100,000 took slapd two seconds, in which nobody else
 * writes, and all of them anew half a second.
 */
const MAX_COMPARISONS = 200_000_000;

/** One value of the group; `ref` is absent where no entry has the name any more. */
export interface End {
  readonly text: string;
  readonly ref?: Ref;
}

export interface MemberStep {
  readonly add: readonly End[];
  readonly remove: readonly End[];
  /** Every value that the group is to have, where it takes less to write all of them. Only for the version that was read. */
  readonly whole?: readonly string[];
}

/** Not `exact`: as planned, which the server refuses where some are members already, or are not; that costs no look at the group. */
export async function memberStep(
  reader: Reader,
  group: Found,
  plan: MemberPlan,
  entries: ReadonlyMap<ResourceId, Found>,
  exact: boolean,
): Promise<MemberStep> {
  const texts = textsOf(entries);
  const ends = (names: ReadonlyMap<string, Ref>): readonly (End & { readonly dn: string })[] =>
    [...names].map(([dn, ref]) => ({ dn, text: texts.get(dn) ?? dn, ref }));
  if (!exact) return { add: ends(plan.add), remove: ends(plan.remove) };
  const names = [...plan.add.keys(), ...plan.remove.keys()];
  const { members, strangers } = await readMembers(reader, group, isLarge(plan) ? undefined : names);
  const add = ends(plan.add).filter(({ dn }) => !members.has(dn));
  const remove = plan.replace
    ? await leavingAll(reader, members, plan.add)
    : ends(plan.remove).filter(({ dn }) => members.has(dn));
  const step = { add, remove };
  const changed = add.length + remove.length;
  if (changed <= REFS_LIMIT || !group.container.dialect.asserts) return step;
  const gone = new Set(remove.map(({ text }) => text));
  const staying = [...members.values()].filter((text) => !gone.has(text));
  const whole = [...strangers, ...staying, ...add.map(({ text }) => text)];
  return whole.length < changed || changed * members.size > MAX_COMPARISONS ? { ...step, whole } : step;
}

function isLarge({ replace, add, remove }: MemberPlan): boolean {
  return replace || add.size + remove.size > REFS_LIMIT;
}

/** Names as the directory writes them, by normalized name. */
export function textsOf(entries: ReadonlyMap<ResourceId, Found>): ReadonlyMap<string, string> {
  return new Map([...entries.values()].map(({ dn, entry }) => [dn, entry.dn]));
}

/** Who they are is looked up only where the answer names them. */
async function leavingAll(
  reader: Reader,
  members: ReadonlyMap<string, string>,
  staying: ReadonlyMap<string, Ref>,
): Promise<readonly End[]> {
  const leaving = [...members].filter(([dn]) => !staying.has(dn));
  const found =
    leaving.length > REFS_LIMIT
      ? new Map<string, Found>()
      : await reader.byDns(
          leaving.map(([dn]) => dn),
          reader.view.identifying,
        );
  return leaving.map(([dn, text]) => endOf(text, found.get(dn)));
}

function endOf(text: string, found: Found | undefined): End {
  return { text, ...(found && { ref: refOf(found) }) };
}

interface Members {
  /** Normalized to as they are written. */
  readonly members: ReadonlyMap<string, string>;
  /** What stands in for members, and what lies elsewhere in the tree. */
  readonly strangers: readonly string[];
}

/** Those of `names` that are members, or all. */
async function readMembers(reader: Reader, group: Found, names: readonly string[] | undefined): Promise<Members> {
  const { id, container, entry } = group;
  const { link = '', dialect } = container;
  const { identifying } = reader.view;
  const read = [...identifying, link];
  const backLink = dialect.backLinks?.[link];
  if (names !== undefined && backLink !== undefined) {
    return { members: await membersAmong(reader, equals(backLink, entry.dn), names), strangers: [] };
  }
  const parts = names === undefined ? [undefined] : partsOf(names);
  const found = await Promise.all(
    parts.map((part) => {
      const controls =
        part === undefined ? [] : [matchedValues([...part.map((dn) => equals(link, dn)), ...identifying.map(has)])];
      return reader.search(container, container.id.equals(id), read, controls);
    }),
  );
  const members = new Map<string, string>();
  const strangers: string[] = [];
  for (const text of found.flat().flatMap(({ entry }) => entry.strings(link))) {
    const dn = tryNormalizeDn(text);
    if (dn !== undefined && typeNamed(reader.view, group, dn) !== undefined) members.set(dn, text);
    else strangers.push(text);
  }
  return { members, strangers };
}

/** @param hold whether the placeholder comes, since the group would have no member left: RFC 4519 §3.5 */
export function stepChanges(
  { link = '', placeholder }: Container,
  step: MemberStep,
  hold: boolean,
): readonly Modification[] {
  const held = hold && placeholder !== undefined ? [placeholder] : [];
  if (step.whole !== undefined) return [{ operation: 'replace', attribute: link, values: [...held, ...step.whole] }];
  const add = [...held, ...step.add.map(({ text }) => text)];
  const remove = step.remove.map(({ text }) => text);
  return [
    ...(add.length > 0 ? [{ operation: 'add', attribute: link, values: add } as const] : []),
    ...(remove.length > 0 ? [{ operation: 'delete', attribute: link, values: remove } as const] : []),
  ];
}

/** The answer to a write that has taken the step, or has found none to take. */
export function answer(resource: StoredResource, changed: boolean, step: MemberStep | undefined): Written {
  if (step === undefined) return { resource, changed };
  const many = step.add.length + step.remove.length > REFS_LIMIT;
  const refs = (ends: MemberStep['add']): readonly Ref[] => ends.flatMap(({ ref }) => ref ?? []);
  return { resource, changed, members: many ? 'many' : { added: refs(step.add), removed: refs(step.remove) } };
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
