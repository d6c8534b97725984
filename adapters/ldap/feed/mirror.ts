import type { ResourceId, Version } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';
import { tryNormalizeDn } from '../dn.ts';
import type { LdapOptions } from '../options/options.ts';
import type { TenantView } from '../tenant-view.ts';
import { hasSubordinates } from './followed.ts';
import { type Place, Places } from './places.ts';
import { type Resident, Residents } from './residents.ts';

/** What has become of a resource. */
export interface Told {
  readonly place: Place;
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly id: ResourceId;
  /** Absent where it is gone. */
  readonly version?: Version;
}

/** Which resources there are and what they are called, as far as the directory has told: what a change of an entry is to a tenant. */
export class Mirror {
  readonly #places: Places;
  readonly #residents = new Residents();
  /** Entries that have others below them, by entryUUID: their normalized names. */
  readonly #branches = new Map<string, string>();
  readonly #views = new Map<Place, TenantView>();

  constructor(options: Pick<LdapOptions, 'users' | 'groups'>) {
    this.#places = new Places(options);
  }

  /** The tenant's places; from now on his names are kept up to date. */
  placesOf(view: TenantView): readonly Place[] {
    return [view.users, view.groups].map((container) => {
      const place = this.#places.at(container, container.normalBase);
      this.#views.set(place, view);
      return place;
    });
  }

  versionOf(id: ResourceId): string | undefined {
    return this.#residents.withId(id)?.version;
  }

  /** An entry that is there, and that nothing is known to have happened to: those above it may have got other names. */
  see(uuid: string, entry: Entry): readonly Told[] {
    const before = this.#residents.get(uuid);
    this.#keepBranch(uuid, entry);
    const now = this.#settle(uuid, entry);
    return before?.place === now?.place ? [] : moved(before, now);
  }

  /** Whether entries below this one may have other names now, of which none is told. */
  isMoved(uuid: string, entry: Entry): boolean {
    return hasSubordinates(entry) && this.#branches.get(uuid) !== nameOf(entry);
  }

  /** A change of an entry, as changes of resources. */
  take(uuid: string, entry: Entry): readonly Told[] {
    const before = this.#residents.get(uuid);
    this.#keepBranch(uuid, entry);
    const now = this.#settle(uuid, entry);
    const isSame = now !== undefined && before?.place === now.place && before.id === now.id;
    return isSame ? [tellOf('updated', now)] : moved(before, now);
  }

  drop(uuid: string): readonly Told[] {
    const before = this.#residents.get(uuid);
    this.#branches.delete(uuid);
    if (before !== undefined) this.#leave(uuid, before);
    return moved(before, undefined);
  }

  #keepBranch(uuid: string, entry: Entry): void {
    if (hasSubordinates(entry)) this.#branches.set(uuid, nameOf(entry));
    else this.#branches.delete(uuid);
  }

  /** What the entry is now, and who knows it by which name. */
  #settle(uuid: string, entry: Entry): Resident | undefined {
    const before = this.#residents.get(uuid);
    const place = this.#places.of(entry);
    const id = place?.options.id.read(entry);
    if (before !== undefined && (before.place !== place || before.id !== id)) this.#leave(uuid, before);
    if (place === undefined || id === undefined) return undefined;
    const resident = { id, place, version: entry.string(place.options.dialect.version) ?? '' };
    this.#residents.set(uuid, resident);
    const view = this.#views.get(place);
    const container = view?.container(place.type);
    if (container !== undefined) view?.names.learn(id, { dn: entry.dn, version: resident.version, container });
    return resident;
  }

  #leave(uuid: string, { id, place }: Resident): void {
    this.#residents.delete(uuid);
    this.#views.get(place)?.names.forget(id);
  }
}

function nameOf({ dn }: Entry): string {
  return tryNormalizeDn(dn) ?? dn;
}

function moved(before: Resident | undefined, now: Resident | undefined): readonly Told[] {
  return [
    ...(before === undefined ? [] : [tellOf('deleted', before)]),
    ...(now === undefined ? [] : [tellOf('created', now)]),
  ];
}

function tellOf(kind: Told['kind'], { id, place, version }: Resident): Told {
  return { kind, id, place, ...(kind !== 'deleted' && { version: version as Version }) };
}
