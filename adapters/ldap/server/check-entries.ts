/** Whether the account sees what is to be served. */
import type { Inspection } from '#adapters/adapter.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { CODE } from '../result-error.ts';
import { type Container, operationalOf } from '../tenant-view.ts';
import type { Table } from './check-schema.ts';
import { fault, NOTHING_FOUND, notice, together } from './findings.ts';

export async function checkEntries(
  server: LdapOperations,
  limits: Limits,
  table: Table,
  container: Container,
): Promise<Inspection> {
  const { base, id, dialect } = container;
  const operational = operationalOf(container);
  const top = { base, scope: 'base', filter: EVERYTHING, attributes: ['1.1'], accept: [CODE.noSuchObject] } as const;
  const { code } = await server.search(limits, top);
  if (code === CODE.noSuchObject) {
    const remedy = 'create it, name another, or grant the account the right to see it';
    return fault(`${table}.base`, 'the DN of an entry that is there and that the account may see', {
      got: base,
      remedy,
    });
  }
  const { entries } = await server.search(limits, {
    base,
    scope: 'sub',
    filter: container.classFilter,
    attributes: operational,
    sizeLimit: 1,
    accept: [CODE.sizeLimit],
  });
  const [entry] = entries;
  if (entry === undefined) return NOTHING_FOUND;
  // Where ids are given, entries of others go by the server's own.
  const known = id.read(entry) === undefined ? [] : id.attributes;
  const hidden = operational.filter((name) => entry.buffers(name).length === 0 && !known.includes(name));
  return together(
    hidden.map((name) => {
      const needed = id.attributes.includes(name) || name === dialect.version || name === 'objectClass';
      const remedy = `grant it read on attrs=${name} below ${base}`;
      return (needed ? fault : notice)('bindDn', `an account that may read ${name}`, {
        got: `none of it at ${entry.dn}`,
        remedy,
      });
    }),
  );
}
