/** What is read of a directory before anything is proposed. */
import { DirectoryError } from '#model/errors.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { CODE } from '../result-error.ts';
import { type RootDse, readRootDse } from '../server/root-dse.ts';
import { readSchema, type ServerSchema } from '../server/schema.ts';
import { readSample, type Sample } from './sample.ts';

export interface Survey {
  readonly rootDse: RootDse;
  /** Undefined where the account may not read it. */
  readonly schema: ServerSchema | undefined;
  readonly kind: 'openldap' | 'active-directory' | 'unknown';
  /** Below which was looked: a naming context, or what the operator named. */
  readonly base: string;
  readonly otherContexts: readonly string[];
  readonly sample: Sample;
}

/** MS-ADTS §3.1.1.3.4.3: Active Directory, and its lightweight form. */
const ACTIVE_DIRECTORY = ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1851'];
/** What servers keep for themselves. */
const NOT_FOR_PEOPLE =
  /^(?:cn=(?:config|monitor|schema|accesslog|changelog)\b|cn=configuration,|dc=(?:domain|forest)dnszones,)/i;

/** @throws UNAVAILABLE where the server shows nothing to this account */
export async function readSurvey(server: LdapOperations, limits: Limits, within: string | undefined): Promise<Survey> {
  const rootDse = await readRootDse(server, limits);
  if (rootDse === undefined) throw hidden('the root DSE');
  const schema = await readSchema(server, limits, rootDse.subschemaSubentry);
  const contexts = within === undefined ? contextsOf(rootDse) : [within];
  const visible = await isVisible(server, limits, contexts);
  const samples = await Promise.all(
    visible.map(async (base) => ({ base, sample: await readSample(server, limits, base) })),
  );
  const [best] = samples.toSorted((a, b) => b.sample.people.length - a.sample.people.length);
  if (best === undefined)
    throw hidden(contexts.length === 0 ? 'naming contexts' : `an entry at ${contexts.join(' or ')}`);
  return {
    rootDse,
    schema,
    kind: kindOf(rootDse),
    ...best,
    otherContexts: contexts.filter((context) => context !== best.base),
  };
}

function contextsOf({ defaultNamingContext, namingContexts }: RootDse): readonly string[] {
  if (defaultNamingContext !== undefined) return [defaultNamingContext];
  return namingContexts.filter((context) => context !== '' && !NOT_FOR_PEOPLE.test(context));
}

async function isVisible(server: LdapOperations, limits: Limits, names: readonly string[]): Promise<readonly string[]> {
  const accept = [CODE.noSuchObject, CODE.insufficientAccess];
  const found = await Promise.all(
    names.map(async (base) => {
      const { entries } = await server.search(limits, {
        base,
        scope: 'base',
        filter: EVERYTHING,
        attributes: ['1.1'],
        accept,
      });
      return entries.length > 0 ? [base] : [];
    }),
  );
  return found.flat();
}

function kindOf({ capabilities, objectClasses, vendor = '' }: RootDse): Survey['kind'] {
  if (ACTIVE_DIRECTORY.some((oid) => capabilities.has(oid))) return 'active-directory';
  const isOpenldap = objectClasses.some((name) => name.toLowerCase() === 'openldaprootdse') || /openldap/i.test(vendor);
  return isOpenldap ? 'openldap' : 'unknown';
}

function hidden(what: string): DirectoryError {
  return new DirectoryError(
    'UNAVAILABLE',
    `the directory shows this account no ${what.replace(/^an? /, '')}; name one that may read it by --bind-dn with --password-env or --password-file, or where to look by --base`,
  );
}
