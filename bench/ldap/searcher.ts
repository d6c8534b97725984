/**
 * Asks a directory for people by id as fast as it can, when its parent says so: by ldapts as it comes, or by the adapter.
 * Argument: a file with a `SearcherTask`.
 */
import { readFileSync } from 'node:fs';
import { AndFilter, Client, EqualityFilter } from 'ldapts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { LdapOptions } from '#adapters/ldap/options/options.ts';
import type { ResourceId } from '#model/resource.ts';
import { newCall } from './call.ts';
import type { Play, Played, SearcherTask } from './start-searcher.ts';

const [file = ''] = process.argv.slice(2);
const { by, backend, ids } = JSON.parse(readFileSync(file, 'utf8')) as SearcherTask;
const options = ldap.options.parse(backend);
const ask = await (by === 'ldapts' ? openClient(options) : openAdapter(options));
let position = 0;

process.on('message', (wanted: Play) => {
  play(wanted).then(
    (played) => process.send?.(played),
    (error: unknown) => {
      throw error;
    },
  );
});
process.once('disconnect', () => process.exit());
process.send?.('ready');

/** Keeps `inFlight` searches under way until the time is over. */
async function play({ seconds, inFlight }: Play): Promise<Played> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  let failures = 0;
  const work = async () => {
    for (let now = performance.now(); now < end; ) {
      const id = ids[position++ % ids.length] ?? '';
      if ((await ask(id)) !== id) failures += 1;
      const done = performance.now();
      times.push(done - now);
      now = done;
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  return { seconds: (performance.now() - begin) / 1_000, times: times.sort((a, b) => a - b), failures };
}

/** Answers the id of what was found. */
type AskOne = (id: string) => Promise<string | undefined>;

/** One client, and the search that the adapter makes of a get: same filter, same attributes. */
async function openClient({ pool, users }: LdapOptions): Promise<AskOne> {
  const client = new Client({ url: pool.urls[0] ?? '' });
  if (pool.bind?.method === 'simple') await client.bind(pool.bind.dn, pool.bind.password);
  const attributes = ['entryUUID', 'entryCSN', 'createTimestamp', 'modifyTimestamp', 'objectClass'];
  const read = [...attributes, ...users.map.attributes, users.link ?? 'manager'];
  const classes = new EqualityFilter({ attribute: 'objectClass', value: users.objectClasses[0] ?? '' });
  return async (id) => {
    const filter = new AndFilter({ filters: [classes, new EqualityFilter({ attribute: 'entryUUID', value: id })] });
    const { searchEntries } = await client.search(users.base, { scope: 'sub', filter, attributes: read });
    return searchEntries[0]?.['entryUUID']?.toString();
  };
}

async function openAdapter(parsed: LdapOptions): Promise<AskOne> {
  const adapter = await ldap.open(parsed, () => []);
  return async (id) => {
    const [found] = await adapter.getMany(newCall(), 'User', [id as ResourceId]);
    return found?.id;
  };
}
