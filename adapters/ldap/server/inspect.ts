import type { Inspection } from '#adapters/adapter.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import type { TenantView } from '../tenant-view.ts';
import { checkControls } from './check-controls.ts';
import { checkEntries } from './check-entries.ts';
import { checkLock } from './check-lock.ts';
import { checkSchema } from './check-schema.ts';
import { checkUnique } from './check-unique.ts';
import { notice, together } from './findings.ts';
import { readRootDse } from './root-dse.ts';
import { readSchema } from './schema.ts';
import { readUniqueOverlay } from './unique-overlay.ts';

/**
 * What a server has of what a tenant's options ask, as far as the account may see. Rights to write cannot be seen.
 * @throws {LdapError} {DirectoryError} as the operations that it asks by
 */
export async function inspectServer(server: LdapOperations, limits: Limits, view: TenantView): Promise<Inspection> {
  const rootDse = await readRootDse(server, limits);
  const schema = await readSchema(server, limits, rootDse?.subschemaSubentry);
  const tables = [['users', view.users] as const, ['groups', view.groups] as const];
  const ofTables = tables.map(async ([table, container]) => {
    const entries = await checkEntries(server, limits, table, container);
    const overlay =
      rootDse === undefined || container.unique.length === 0
        ? ({ seen: 'hidden' } as const)
        : await readUniqueOverlay(server, limits, rootDse, container.base);
    const contents = schema === undefined ? [] : [checkSchema(schema, table, container)];
    return together([...contents, entries, checkUnique(table, container, overlay)]);
  });
  const all = await Promise.all([...ofTables, checkLock(server, limits, view, schema)]);
  const ofServer = checkControls(rootDse, view.users.dialect.asserts);
  return distinct(together([ofServer, ...(schema === undefined ? [SCHEMA_HIDDEN] : []), ...all]));
}

const SCHEMA_HIDDEN = notice('bindDn', 'an account that may read the subschema subentry', {
  remedy: 'grant it read on cn=Subschema, so that object classes and attributes can be checked',
});

/** Both tables need the same of the server itself. */
function distinct({ faults, notices }: Inspection): Inspection {
  const once = (list: Inspection['faults']) => [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
  return { faults: once(faults), notices: once(notices) };
}
