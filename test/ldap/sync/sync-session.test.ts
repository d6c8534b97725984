import { BerWriter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { Entry } from '#adapters/ldap/connection/entry.ts';
import type { Incoming } from '#adapters/ldap/connection/protocol/decode.ts';
import type { EntryChange } from '#adapters/ldap/sync/entry-change.ts';
import { KnownEntries } from '#adapters/ldap/sync/known-entries.ts';
import { SYNC_INFO } from '#adapters/ldap/sync/sync-messages.ts';
import { SyncSession } from '#adapters/ldap/sync/sync-session.ts';

const bytesOf = (at: number) => Buffer.alloc(16, at);
const ADD = 1;

function entry(at: number, csn: string): Incoming {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeEnumeration(ADD);
  writer.writeBuffer(bytesOf(at), 0x04);
  writer.endSequence();
  const attributes = [{ name: 'entryCSN', values: [Buffer.from(csn)] }];
  const controls = [{ type: '1.3.6.1.4.1.4203.1.9.1.2', value: writer.buffer }];
  return { id: 1, kind: 'entry', entry: new Entry(`uid=${at}`, attributes), controls };
}

function refreshed(tag: number): Incoming {
  const value = Buffer.concat([Buffer.from([tag, 4, 0x04, 2]), Buffer.from('c1')]);
  return { id: 1, kind: 'intermediate', oid: SYNC_INFO, value };
}

const REFRESH_DELETE = 0xa1;
const REFRESH_PRESENT = 0xa2;

describe('what a connection tells', () => {
  const run = (known: KnownEntries, isFull: boolean, messages: readonly Incoming[]) => {
    const told: EntryChange[] = [];
    const again: string[] = [];
    const session = new SyncSession(known, isFull, {
      tell: (change) => told.push(change),
      lookAgain: () => again.push('again'),
    });
    for (const message of messages) session.take(message);
    const names = told.map((change) => ('id' in change ? `${change.kind} ${change.id.slice(0, 2)}` : change.kind));
    return [...names, ...again];
  };

  test('of a directory that is looked at as a whole again is what differs', () => {
    const known = new KnownEntries();
    const first = [entry(1, 'a'), entry(2, 'b'), entry(3, 'c'), refreshed(REFRESH_DELETE)];
    expect(run(known, true, first)).toEqual(['present 01', 'present 02', 'present 03', 'current']);
    const second = [entry(1, 'a'), entry(2, 'changed'), entry(4, 'd'), refreshed(REFRESH_DELETE)];
    expect(run(known, true, second)).toEqual(['present 01', 'modify 02', 'add 04', 'delete 03', 'current']);
  });

  test('twice is told once', () => {
    const known = new KnownEntries();
    run(known, true, [entry(1, 'a'), refreshed(REFRESH_DELETE)]);
    const again = [entry(1, 'new'), refreshed(REFRESH_DELETE), entry(1, 'new'), entry(1, 'newer')];
    expect(run(known, false, again)).toEqual(['modify 01', 'current', 'modify 01']);
  });

  test('of what is there, to one that knows the rest, is a reason to look at the whole again', () => {
    const known = new KnownEntries();
    run(known, true, [entry(1, 'a'), refreshed(REFRESH_DELETE)]);
    expect(run(known, false, [refreshed(REFRESH_PRESENT), entry(2, 'b')])).toEqual(['again']);
  });

  test('of what is there, to one that did not see the beginning, is a gap', () => {
    expect(run(new KnownEntries(), false, [entry(1, 'a'), refreshed(REFRESH_PRESENT)])).toEqual([
      'modify 01',
      'gap',
      'current',
    ]);
  });
});
