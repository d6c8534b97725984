/** What a server says of itself at the empty name, RFC 4512 §5.1. */
import type { Entry } from '../connection/entry.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { EVERYTHING } from '../filter/terms.ts';

export interface RootDse {
  /** Object identifiers; empty where the account may not read them. */
  readonly controls: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
  /** Active Directory's word for features. */
  readonly capabilities: ReadonlySet<string>;
  readonly namingContexts: readonly string[];
  /** Active Directory: the naming context of people and groups. */
  readonly defaultNamingContext: string | undefined;
  readonly objectClasses: readonly string[];
  readonly vendor: string | undefined;
  readonly vendorVersion: string | undefined;
  /** Where OpenLDAP shows its configuration, and its statistics, to accounts that may see them. */
  readonly configContext: string | undefined;
  readonly monitorContext: string | undefined;
  readonly subschemaSubentry: string | undefined;
}

/** Undefined where the account may not read it. */
export async function readRootDse(server: LdapOperations, limits: Limits): Promise<RootDse | undefined> {
  const request = { base: '', scope: 'base', filter: EVERYTHING, attributes: ['*', '+'] } as const;
  const { entries } = await server.search(limits, request);
  const [entry] = entries;
  return entry && rootDseOf(entry);
}

function rootDseOf(entry: Entry): RootDse {
  return {
    controls: new Set(entry.strings('supportedControl')),
    extensions: new Set(entry.strings('supportedExtension')),
    features: new Set(entry.strings('supportedFeatures')),
    capabilities: new Set(entry.strings('supportedCapabilities')),
    namingContexts: entry.strings('namingContexts'),
    defaultNamingContext: entry.string('defaultNamingContext'),
    objectClasses: entry.strings('objectClass'),
    vendor: entry.string('vendorName'),
    vendorVersion: entry.string('vendorVersion'),
    configContext: entry.string('configContext'),
    monitorContext: entry.string('monitorContext'),
    subschemaSubentry: entry.string('subschemaSubentry'),
  };
}
