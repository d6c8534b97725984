import { describe, expect, test } from 'vitest';
import { Names } from '#adapters/ldap/names.ts';
import type { ResourceId } from '#model/resource.ts';

const ID = 'a' as ResourceId;
const csn = (second: number) => `202611270410${second}.000000Z#000000#000#000000`;
const named = (dn: string, version = csn(10)) => ({ dn, version });

describe('names', () => {
  test('are forgotten when there are too many, the one that was seen longest ago first', () => {
    const names = new Names<ReturnType<typeof named>>(2);
    for (const id of ['a', 'b', 'a', 'c'] as ResourceId[]) names.set(id, named(`uid=${id}`));
    expect(['a', 'b', 'c'].map((id) => names.get(id as ResourceId)?.dn)).toEqual(['uid=a', undefined, 'uid=c']);
  });

  test('are live for as long as somebody is told of every change, and nothing newer has been told', () => {
    const versions = new Map([[ID, csn(10)]]);
    const witness = { isLive: true, versionOf: (id: ResourceId) => versions.get(id) };
    const names = new Names<ReturnType<typeof named>>(9, witness);
    expect(names.live(ID)).toBeUndefined();
    names.set(ID, named('uid=a'));
    expect(names.live(ID)?.dn).toBe('uid=a');
    versions.set(ID, csn(11));
    expect(names.live(ID)).toBeUndefined();
    expect(names.get(ID)?.dn).toBe('uid=a');
    names.set(ID, named('uid=b', csn(12)));
    expect(names.live(ID)?.dn).toBe('uid=b');
    witness.isLive = false;
    expect(names.live(ID)).toBeUndefined();
    witness.isLive = true;
    versions.delete(ID);
    expect(names.live(ID)).toBeUndefined();
  });

  test('that were seen without a version are live for nobody', () => {
    const names = new Names(9, { isLive: true, versionOf: () => csn(10) });
    names.set(ID, named('uid=a', ''));
    expect(names.live(ID)).toBeUndefined();
    expect(new Names(9).live(ID)).toBeUndefined();
  });
});
