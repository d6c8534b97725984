import { readFile } from 'node:fs/promises';
import type { Config } from '#config/config.ts';
import { openRegistry, type RegistryOptions } from '#core/schema/registry.ts';
import type { TrustedDocuments } from '#graphql/documents/trusted-documents.ts';
import { asDirectoryError, DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

export type TrustedByTenant = ReadonlyMap<TenantId, TrustedDocuments>;

/**
 * The documents that are the only ones to be carried out, for each tenant that has such a list. GraphQL is loaded where there is one.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all lists at once
 */
export async function loadTrustedDocuments({ tenants }: Pick<Config, 'tenants'>): Promise<TrustedByTenant> {
  const loaded = new Map<TenantId, TrustedDocuments>();
  const faults: Fault[] = [];
  for (const { name, graphql } of tenants.values()) {
    const { trustedDocuments: file } = graphql;
    if (file === undefined) continue;
    try {
      const { parseTrustedDocuments } = await import('#graphql/documents/trusted-documents.ts');
      loaded.set(name, parseTrustedDocuments(await readManifest(file)));
    } catch (error) {
      faults.push(...placed(asDirectoryError(error)?.faults ?? rethrow(error), name));
    }
  }
  throwAny(faults);
  return loaded;
}

/**
 * That every trusted document fits the schema that follows from the schema files, and the limits. Schemas that administrators have set at
 * run time are not seen here. @throws {DirectoryError} INVALID_VALUE with all that do not
 */
export async function checkTrustedDocuments(
  { tenants }: Pick<Config, 'tenants'>,
  schemas: ReadonlyMap<TenantId, RegistryOptions>,
): Promise<void> {
  const faults: Fault[] = [];
  for (const [name, trusted] of await loadTrustedDocuments({ tenants })) {
    const options = schemas.get(name);
    const limits = tenants.get(name)?.graphql.limits;
    if (options === undefined || limits === undefined) continue;
    const [{ unfitDocuments }, { openSchema }] = await Promise.all([
      import('#graphql/documents/trusted-documents.ts'),
      import('#graphql/schema.ts'),
    ]);
    faults.push(...placed(unfitDocuments(trusted, openSchema(openRegistry(options)), limits), name));
  }
  throwAny(faults);
}

async function readManifest(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    const faults = [{ path: file, expected: 'a readable file of JSON', got }];
    throw new DirectoryError('INVALID_VALUE', `${file} is not JSON`, { faults });
  }
}

function placed(faults: readonly Fault[], tenant: TenantId): readonly Fault[] {
  return faults.map((fault) => ({ ...fault, path: `tenants.${tenant}.graphql.trustedDocuments: ${fault.path}` }));
}

function throwAny(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'trusted documents have faults', { faults });
}

function rethrow(error: unknown): never {
  throw error;
}
