import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { Json, TenantId } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import { mergeBooks, type NameBook } from './name-book.ts';
import { openSystemLists, type SystemOptions } from './system-lists.ts';
import { TENANT_NAMES } from './system-registry.ts';
import { SYSTEM_TENANT } from './system-tenant.ts';

/** The names that were given to what a tenant's own schemas define. One that was given stays, whatever becomes of the schema. */
export interface TenantNames {
  /**
   * All that were given. `give` answers those to add, none where all are there, and is asked again where another gateway has given
   * some first. One adapter call, two where there are some to add.
   * Where the backend of `_system` is read-only they are given and not kept.
   * @throws {DirectoryError} UNAVAILABLE where they could not be read or kept
   */
  keep(give: (kept: NameBook) => NameBook): Promise<NameBook>;
}

export interface TenantNamesOptions extends SystemOptions {
  readonly tenant: TenantId;
  /** A call of Portico's own. */
  call(): Call;
  /** Told why names could not be read or kept, each time. */
  report(error: DirectoryError): void;
}

/** Gateways that give names at the same time read again and try anew. */
const ATTEMPTS = 5;

export function openTenantNames({ tenant, call, report, ...options }: TenantNamesOptions): TenantNames {
  const lists = openSystemLists(options, TENANT_NAMES);
  const isWritable = () => options.adapter.capabilities(SYSTEM_TENANT, TENANT_NAMES.name).writable;
  const attempt = async (give: (kept: NameBook) => NameBook): Promise<NameBook> => {
    const [kept = { list: [] }] = await lists.read(call(), [tenant]);
    const book = listToBook(kept.list);
    const fresh = give(book);
    if (fresh.size === 0) return book;
    const all = mergeBooks(book, fresh);
    if (isWritable()) await lists.write(call(), tenant, kept, bookToList(all));
    else report(notKept(tenant));
    return all;
  };
  return {
    async keep(give) {
      for (let count = 1; ; count++) {
        try {
          return await attempt(give);
        } catch (error) {
          const known = asDirectoryError(error);
          if (known === undefined) throw error;
          if (known.code === 'VERSION_MISMATCH' && count < ATTEMPTS) continue;
          report(known);
          throw unavailable(tenant, known);
        }
      }
    },
  };
}

/** A name that is not kept could be another one tomorrow, so that none is given. */
function unavailable(tenant: TenantId, cause: DirectoryError): DirectoryError {
  const message = `the names that the schemas of the tenant ${tenant} were given could not be read or kept yet`;
  return new DirectoryError('UNAVAILABLE', message, { cause });
}

function notKept(tenant: TenantId): DirectoryError {
  const names = `the names that the schemas of the tenant ${tenant} were given`;
  const remedy = 'they can change with the schemas; set system.backend to one that can be written';
  return new DirectoryError(
    'READ_ONLY',
    `${names} cannot be kept, since the backend of _system is read-only: ${remedy}`,
  );
}

function bookToList(book: NameBook): readonly Json[] {
  return [...book].map(([space, names]) => [space, [...names].map(([thing, name]) => [thing, name])]);
}

function listToBook(list: readonly Json[]): NameBook {
  return new Map(list.map((entry) => toSpace(entry)));
}

function toSpace(entry: Json): [space: string, names: ReadonlyMap<string, string>] {
  const [space, names] = isList(entry) ? entry : [];
  if (typeof space !== 'string' || !isList(names)) throw notNames(entry);
  return [space, new Map(names.map(toName))];
}

function toName(entry: Json): [thing: string, name: string] {
  const [thing, name] = isList(entry) ? entry : [];
  if (typeof thing !== 'string' || typeof name !== 'string') throw notNames(entry);
  return [thing, name];
}

/** Nobody but Portico writes them. Without one of them a thing would get another name. */
function notNames(entry: Json): TypeError {
  return new TypeError(
    `${TENANT_NAMES.name} of ${SYSTEM_TENANT} holds no names: ${JSON.stringify(entry).slice(0, 200)}`,
  );
}
