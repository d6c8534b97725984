import type { Arena } from '../arena.ts';
import type { Contest } from '../contest.ts';
import { findFreePort } from '../pinned-server.ts';

/** A get of the adapter may cost so much more than the search that it makes. */
const AT_LEAST = 0.7;

/** Gets of one person by the adapter against the same searches by ldapts, one at a time and 64; no HTTP. */
export async function getByAdapter(arena: Arena): Promise<Contest> {
  const { directory, options } = arena;
  if (directory === undefined) throw new Error('the case is about a directory: --adapter ldap');
  const ids = arena.users.map(({ id }) => id);
  const { backend } = directory;
  const inspectorPort = options.profile ? await findFreePort() : undefined;
  const ldapts = await arena.startSearcher({ by: 'ldapts', backend, ids });
  const adapter = await arena.startSearcher({ by: 'adapter', backend, ids }, inspectorPort);
  const pairs = [1, 64].map((inFlight) => ({
    ours: adapter.contend(`get by adapter, ${inFlight} at a time`, inFlight),
    theirs: ldapts.contend(`ldapts, ${inFlight}`, inFlight),
  }));
  return {
    name: 'get by adapter',
    people: arena.subject.people,
    contestants: pairs.flatMap(({ ours, theirs }) => [theirs, ours]),
    comparisons: pairs.map(({ ours, theirs }) => ({ subject: ours.name, against: theirs.name, atLeast: AT_LEAST })),
  };
}
