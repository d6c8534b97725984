import type { ResourceId } from '#model/resource.ts';
import type { Place } from './places.ts';

/** A resource as it was told last. */
export interface Resident {
  readonly id: ResourceId;
  readonly place: Place;
  readonly version: string;
}

/** All resources of the directory, by entryUUID and by id: what a deletion, which is told by its UUID alone, was of. */
export class Residents {
  readonly #byUuid = new Map<string, Resident>();
  /** Those whose id is another attribute. */
  readonly #byId = new Map<ResourceId, Resident>();

  get(uuid: string): Resident | undefined {
    return this.#byUuid.get(uuid);
  }

  withId(id: ResourceId): Resident | undefined {
    return this.#byId.get(id) ?? this.#byUuid.get(id);
  }

  set(uuid: string, resident: Resident): void {
    this.delete(uuid);
    this.#byUuid.set(uuid, resident);
    if (resident.id !== uuid) this.#byId.set(resident.id, resident);
  }

  delete(uuid: string): void {
    const resident = this.#byUuid.get(uuid);
    this.#byUuid.delete(uuid);
    if (resident !== undefined && this.#byId.get(resident.id) === resident) this.#byId.delete(resident.id);
  }
}
