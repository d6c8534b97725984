import { describe, expect, test } from 'vitest';
import type { Session } from '#core/session.ts';
import type { ResourceId } from '#model/resource.ts';
import type { StreamEvent, StreamRequest } from '../event-stream.ts';
import { moveMembers, presentCursor } from '../feed.ts';
import { create, type Gateway, type GatewayOptions } from '../gateway.ts';
import { changeOf, endedBy, Followed, namesOf } from '../stream/followed.ts';

const CHANGED = `subscription ($after: String, $types: [String!]) { resourceChanged(after: $after, types: $types) {
  cursor kind id type at version actor requestId
  members { added { id } removed { id } many } affected { id }
  resource { __typename id ... on User { userName } ... on Group { displayName members { totalCount } } }
} }`;

describe('ask 09: a subscription tells every change as it happens', () => {
  let followed: Followed;
  let gateway: Gateway;
  let session: Session;

  const open = async (options: GatewayOptions = {}) => {
    followed = await Followed.open(options);
    ({ gateway, session } = followed);
  };
  const subscribe = (request: Partial<StreamRequest> = {}) => followed.subscribe({ query: CHANGED, ...request });
  const person = (userName: string) => followed.person(userName);

  test('from now on, each change with its resource, in order', async () => {
    await open();
    await person('before');
    const stream = await subscribe();
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const ada = await person('ada');
    const team = await create(session, 'Group', { displayName: 'Team' });
    await moveMembers(session, team, 'add', [ada]);
    const type = session.registry.type('User');
    if (type === undefined) throw new Error('no User');
    const [created, group, moved] = (await stream.take(3)).map(changeOf);
    await session.delete(type, ada);
    const [gone] = (await stream.take(1)).map(changeOf);
    expect(created).toEqual({
      cursor: expect.any(String),
      kind: 'CREATED',
      id: ada,
      type: 'User',
      at: expect.stringMatching(/Z$/),
      version: expect.stringMatching(/^W\//),
      actor: 'tests',
      requestId: 'request-1',
      members: null,
      affected: null,
      resource: { __typename: 'User', id: ada, userName: 'ada' },
    });
    expect(group).toMatchObject({ kind: 'CREATED', type: 'Group' });
    expect(moved).toMatchObject({ kind: 'UPDATED', affected: [{ id: ada }], members: { added: [{ id: ada }] } });
    expect(gone).toMatchObject({ kind: 'DELETED', id: ada, version: null, resource: null });
  });

  test('from a cursor what was missed comes first, and then what happens', async () => {
    await open();
    const after = await presentCursor(gateway);
    await person('missed');
    await person('missed-too');
    const stream = await subscribe({ variables: { after } });
    await person('live');
    const events = await stream.take(3);
    expect(namesOf(events)).toEqual(['missed', 'missed-too', 'live']);
    const again = await subscribe({ variables: { after: changeOf(events[0] as StreamEvent).cursor } });
    expect(namesOf(await again.take(2))).toEqual(['missed-too', 'live']);
    const { changes } = (await gateway.data('query ($since: String) { changes(since: $since) { changes { id } } }', {
      since: changeOf(events[1] as StreamEvent).cursor,
    })) as { readonly changes: { readonly changes: readonly unknown[] } };
    expect(changes.changes).toHaveLength(1);
  });

  test('types narrow what is told', async () => {
    await open();
    const stream = await subscribe({ variables: { types: ['Group'] } });
    await person('ada');
    await create(session, 'Group', { displayName: 'Team' });
    expect((await stream.take(1)).map((event) => changeOf(event).resource?.['displayName'])).toEqual(['Team']);
  });

  test('another tenant hears nothing, and its cursor opens nothing here', async () => {
    await open();
    const after = await presentCursor(gateway);
    const other = await subscribe({ headers: { 'x-tenant': 'other' } });
    const forged = await subscribe({ variables: { after }, headers: { 'x-tenant': 'other' } });
    expect(await forged.rest()).toEqual(endedBy('INVALID_CURSOR'));
    await person('ours');
    await create(gateway.session('other'), 'User', { userName: 'theirs' });
    expect(namesOf(await other.take(1))).toEqual(['theirs']);
  });

  test('the same over POST /graphql for a client that accepts nothing but events, and by GET', async () => {
    await open();
    const stream = await subscribe({ path: '/graphql' });
    const search = new URLSearchParams({ query: CHANGED, variables: '{}' });
    const got = await fetch(`${gateway.url}/graphql/stream?${search}`, { headers: { accept: 'text/event-stream' } });
    await person('ada');
    expect(namesOf(await stream.take(1))).toEqual(['ada']);
    const reader = got.body?.getReader();
    let text = '';
    while (!text.includes('"ada"')) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text).toMatch(/^:\n\nevent: next\ndata: \{"data":\{"resourceChanged":/);
    await reader?.cancel();
  });

  test('what a policy hides is null in every event, with the note that queries have, members of a group included', async () => {
    await open({ policies: new Map([['solo', { hide: ['groups', 'userName'] }]]) });
    const stream = await subscribe({ headers: { 'x-policy': 'solo' } });
    const ada = await person('ada');
    await create(session, 'Group', { displayName: 'Team', members: [{ value: ada }] });
    const events = await stream.take(2);
    const [user, group] = events.map(changeOf);
    expect(user?.resource).toEqual({ __typename: 'User', id: ada, userName: null });
    expect(group).toMatchObject({ members: null, affected: null, resource: { displayName: 'Team', members: null } });
    const hidden = ['resourceChanged.members', 'resourceChanged.affected', 'resourceChanged.resource.members'];
    expect(events[0]?.extensions?.hidden).toEqual(expect.arrayContaining(hidden));
  });

  test('a hundred subscribers all hear everything', async () => {
    await open();
    const all = await Promise.all(Array.from({ length: 100 }, () => subscribe()));
    const ids: ResourceId[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await person(name));
    const heard = await Promise.all(all.map((stream) => stream.take(ids.length)));
    for (const events of heard) expect(events.map((event) => changeOf(event).id)).toEqual(ids);
  }, 120_000);
});
