import type { ResourceTypeName } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';
import { commonBase, escapeRdnValue, normalizeDn, tryNormalizeDn } from '../dn.ts';
import type { ContainerOptions, LdapOptions } from '../options/options.ts';

/** One type of one tenant, as the name of an entry tells them. The same object for the same place. */
export interface Place {
  readonly type: ResourceTypeName;
  readonly options: ContainerOptions;
  /** Normalized. */
  readonly base: string;
}

type Containers = Pick<LdapOptions, 'users' | 'groups'>;

const TENANT = '{tenant}';

/** The deepest name below which the entries of all tenants are, normalized; empty where there is none. */
export function baseOfAll({ users, groups }: Record<keyof Containers, { readonly base: string }>): string {
  return commonBase(users.base.replaceAll(TENANT, 'one'), groups.base.replaceAll(TENANT, 'other'));
}

/** Finds the place of an entry by its name and classes, whether its tenant has been asked for yet or not. */
export class Places {
  readonly #containers: readonly { readonly options: ContainerOptions; readonly below: RegExp }[];
  readonly #places = new Map<string, Place>();

  constructor({ users, groups }: Containers) {
    this.#containers = [users, groups].map((options) => ({ options, below: belowPattern(options.base) }));
  }

  /** Undefined where the entry is no resource. */
  of(entry: Entry): Place | undefined {
    const dn = tryNormalizeDn(entry.dn);
    if (dn === undefined) return undefined;
    const classes = entry.strings('objectClass').map((name) => name.toLowerCase());
    for (const { options, below } of this.#containers) {
      const base = below.exec(dn)?.[1];
      if (base !== undefined && classes.includes(options.objectClasses[0]?.toLowerCase() ?? '')) {
        return this.at(options, base);
      }
    }
    return undefined;
  }

  at(options: ContainerOptions, base: string): Place {
    const key = `${options.type} ${base}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = { type: options.type, options, base };
      this.#places.set(key, place);
    }
    return place;
  }
}

/** Stands for a tenant while a base is normalized; no tenant has it as its name. */
const ANY = 'portico.any.tenant';
/** One value of a normalized name. */
const VALUE = String.raw`(?:[^,+\\]|\\.)+?`;

/** Matches normalized names below the base of any tenant, and captures the base. */
function belowPattern(base: string): RegExp {
  const [head = '', ...rest] = normalizeDn(base.replaceAll(TENANT, escapeRdnValue(ANY)))
    .split(ANY)
    .map(escapePattern);
  const [first, ...others] = rest;
  const pattern = first === undefined ? head : `${head}(${VALUE})${[first, ...others].join('\\2')}`;
  return new RegExp(`,(${pattern})$`, 's');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
