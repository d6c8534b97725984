/** A change of members that goes by remembered names, reading neither the group nor those who join and leave. */
import type { MemberChange, Write, Written } from '#adapters/adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { postRead } from '../connection/controls.ts';
import { LdapError } from '../connection/ldap-error.ts';
import { type Reader, toResource } from '../read/reader.ts';
import type { Container, TenantView } from '../tenant-view.ts';
import { stillIs } from './assertions.ts';
import { answer, type End, type MemberStep, REFS_LIMIT, stepChanges } from './member-step.ts';
import { isRandomName } from './random-name.ts';
import { entryWritten } from './written-entry.ts';

type Update = Extract<Write, { kind: 'update' }>;

/**
 * One operation, where the members' names are vouched for (`Names.live`) and the group's name still leads to it. Who vouches may be moments
 * late, so it is done with names alone that nobody else will ever have: what is late then adds somebody who is just gone, and nobody else.
 * @returns undefined where it has to be looked at, `refused` where the server has found that what is to change is not as thought: nothing was done
 */
export async function changeMembersUnread(
  reader: Reader,
  container: Container,
  { id, content, members, ifVersion }: Update,
): Promise<Written | 'refused' | undefined> {
  const { pool, call, view } = reader;
  const group = view.names.get(id);
  if (content !== undefined || members === undefined) return undefined;
  if (group?.container !== container || !container.dialect.asserts) return undefined;
  const step = stepUnread(view, members);
  if (step === undefined) return undefined;
  const controls = [stillIs(container, id, ifVersion), postRead(container.read)];
  const request = { dn: group.dn, changes: stepChanges(container, step, false), controls };
  const result = await pool.modify(call, request).catch((error: unknown) => {
    if (!(error instanceof LdapError)) throw error;
  });
  if (result === undefined) return 'refused';
  return answer(toResource(entryWritten(reader, result), {}), true, step);
}

/** Undefined where somebody has to be looked up: groups as well, which may close a circle. */
function stepUnread(view: TenantView, { replace, add = [], remove = [] }: MemberChange): MemberStep | undefined {
  const joining = new Set(add.map(({ id }) => id));
  const leaving = new Set(remove.filter((id) => !joining.has(id)));
  const size = joining.size + leaving.size;
  if (replace || size === 0 || size > REFS_LIMIT) return undefined;
  if (add.some(({ type = 'User' }) => type !== 'User')) return undefined;
  const step = { add: endsUnread(view, joining), remove: endsUnread(view, leaving) };
  return step.add.length === joining.size && step.remove.length === leaving.size ? step : undefined;
}

function endsUnread({ names, users }: TenantView, ids: ReadonlySet<ResourceId>): readonly End[] {
  return [...ids].flatMap((id) => {
    const name = names.live(id);
    if (name?.container !== users || !isRandomName(name)) return [];
    return [{ text: name.dn, ref: { id, type: users.type } }];
  });
}
