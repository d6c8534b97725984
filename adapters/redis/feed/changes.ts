import type { Change } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId, Version } from '#model/resource.ts';
import { LOG, ROOT } from '../keys.ts';
import { edgeToRef } from '../links/edge.ts';
import { serialOf } from '../record.ts';
import type { Store } from '../store.ts';
import { decodeText, SEPARATOR } from '../text.ts';

export interface Changes {
  readonly changes: readonly Change[];
  readonly next: string;
}

/** Before the first change of a tenant. */
const BEGINNING = '0-0';

type Entry = readonly [id: string, fields: readonly string[]];

export async function presentPosition(store: Store): Promise<string> {
  const [last] = await store.ask([{ name: 'hget', args: [store.key(ROOT), 'last'] }]);
  return (last as string | null) ?? BEGINNING;
}

/** Changes after a position that are there, in one round trip. @throws EXPIRED_CURSOR where what follows it is no longer kept, or was lost with it */
export async function readChanges(store: Store, after: string, limit: number): Promise<Changes> {
  const serial = after === BEGINNING ? 0 : serialOf(after);
  if (serial < 0) throw expired();
  const log = store.key(LOG);
  const [own, last, found] = (await store.ask([
    { name: 'xrange', args: [log, `${serial}-0`, `${serial}-0`] },
    { name: 'hget', args: [store.key(ROOT), 'last'] },
    { name: 'xrange', args: [log, `(${serial}-0`, '+', 'COUNT', Math.max(1, limit)] },
  ])) as [Entry[], string | null, Entry[]];
  const changes = found.slice(0, limit).map(readChange);
  const isOurs = serial === 0 ? followsOn(serial, found, last) : versionOf(own[0]) === after || last === after;
  if (!isOurs) throw expired();
  return { changes, next: changes.at(-1)?.position ?? after };
}

/** Nothing has been dropped since the beginning. */
function followsOn(serial: number, [first]: readonly Entry[], last: string | null): boolean {
  if (first === undefined) return last === null;
  return serialOf(first[0]) === serial + 1;
}

function versionOf(entry: Entry | undefined): string | undefined {
  return entry && readFields(entry)['v'];
}

function readFields([, list]: Entry): { readonly [name: string]: string } {
  const fields: { [name: string]: string } = {};
  for (let at = 0; at + 1 < list.length; at += 2) fields[list[at] as string] = list[at + 1] as string;
  return fields;
}

function readChange(entry: Entry): Change {
  const { k, t = '', i = '', v = '', at, by, rq, mm, ma, mr } = readFields(entry);
  const kind = k as Change['kind'];
  const members = mm ? ('many' as const) : ma === undefined ? undefined : { added: refsOf(ma), removed: refsOf(mr) };
  return {
    id: decodeText(i) as ResourceId,
    type: decodeText(t),
    position: v,
    kind,
    at: new Date(Number(at)),
    ...(kind !== 'deleted' && { version: v as Version }),
    ...(members && { members }),
    ...(by !== undefined && { actor: by }),
    ...(rq !== undefined && { requestId: rq }),
  };
}

/** Types and ids in turn. */
function refsOf(text: string | undefined): readonly Ref[] {
  if (!text) return [];
  const parts = text.split(SEPARATOR);
  return parts.flatMap((type, at) => (at % 2 === 0 ? [edgeToRef(`${type}${SEPARATOR}${parts[at + 1] ?? ''}`)] : []));
}

function expired(): DirectoryError {
  return new DirectoryError(
    'EXPIRED_CURSOR',
    'the changes after this position are no longer kept: read everything again',
  );
}
