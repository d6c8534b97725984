import { randomBytes } from 'node:crypto';
import { DirectoryError } from '#model/errors.ts';
import type { Told } from './mirror.ts';
import type { Place } from './places.ts';

/** A change in the log. */
export interface Logged {
  readonly told: Told & { readonly at: Date };
  readonly position: string;
}

/** Where in the log something stands, counted from its beginning. */
type Serial = number;

interface Slot {
  readonly told: Logged['told'];
  /** The last moment of the directory whose changes are all in the log. */
  readonly moment: string;
}

/** What one place has in the log. */
interface Shelf {
  /** The last change, and its moment. 0: none yet. */
  last: Serial;
  moment: string;
  /** The last change that was dropped. */
  dropped: Serial;
}

/** Where a reader stands. */
export interface Standing {
  readonly serial: Serial;
  /** False: the position was given out by another process, and has another text here. */
  readonly isOurs: boolean;
}

/**
 * The last changes of all tenants as a ring, in the order in which they were told.
 *
 * A position is `<log>.<serial>.<moment>`. To the process that gave it out the serial says exactly what has been read. To another
 * process the moment does, which is the directory's own, if that process has followed the directory at that moment as well.
 */
export class ChangeLog {
  readonly #capacity: number;
  readonly #slots: Slot[] = [];
  readonly #shelves = new Map<Place, Shelf>();
  /** Moments of the directory, oldest first, each with the last change before it. */
  readonly #moments = new Map<string, Serial>();
  #name = '';
  #last: Serial = 0;
  #moment = '';
  #start = '';

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether anything has been told since the beginning, or since the last `reset`. */
  get hasBegun(): boolean {
    return this.#moment !== '';
  }

  /** Nothing is known of what came before. */
  reset(): void {
    this.#slots.length = 0;
    this.#last = 0;
    this.#moment = '';
    this.#moments.clear();
    this.#shelves.clear();
  }

  /** All changes before the moment are in the log. */
  reach(moment: string): void {
    if (!this.hasBegun) {
      this.#name = randomBytes(6).toString('base64url');
      this.#start = moment;
    }
    this.#moment = moment;
    if (this.#moments.has(moment)) return;
    this.#moments.set(moment, this.#last);
    const [oldest] = this.#moments.keys();
    if (this.#moments.size > this.#capacity && oldest !== undefined) this.#moments.delete(oldest);
  }

  append(told: Logged['told'], moment = this.#moment): void {
    const place = this.#last % this.#capacity;
    const dropped = this.#slots[place];
    if (dropped !== undefined) this.#shelf(dropped.told.place).dropped = this.#last + 1 - this.#capacity;
    this.#slots[place] = { told, moment };
    this.#last += 1;
    this.reach(moment);
    Object.assign(this.#shelf(told.place), { last: this.#last, moment });
  }

  /** After the last change of the places; the same text for as long as there is no other. */
  position(places: readonly Place[]): string {
    let latest: Pick<Shelf, 'last' | 'moment'> = { last: 0, moment: this.#start };
    for (const place of places) {
      const shelf = this.#shelf(place);
      if (shelf.last > latest.last) latest = shelf;
    }
    return this.#text(latest.last, latest.moment);
  }

  /** @throws EXPIRED_CURSOR where a change of the places after the position is no longer kept, or that cannot be told */
  find(position: string, places: readonly Place[]): Standing {
    const { name, serial, moment } = parsePosition(position);
    const isOurs = name === this.#name;
    const found = isOurs ? serial : this.#moments.get(moment);
    if (found === undefined || found > this.#last) throw expired();
    if (places.some((place) => this.#shelf(place).dropped > found)) throw expired();
    return { serial: found, isOurs };
  }

  /** At most `limit` changes of the places, each with its position. */
  after(serial: Serial, places: readonly Place[], limit: number): readonly Logged[] {
    const found: Logged[] = [];
    const newest = Math.max(...places.map((place) => this.#shelf(place).last));
    const oldest = Math.max(serial, this.#last - this.#capacity);
    for (let at = oldest + 1; at <= newest && found.length < limit; at += 1) {
      const slot = this.#slots[(at - 1) % this.#capacity];
      if (slot !== undefined && places.includes(slot.told.place)) {
        found.push({ told: slot.told, position: this.#text(at, slot.moment) });
      }
    }
    return found;
  }

  #text(serial: Serial, moment: string): string {
    return `${this.#name}.${serial.toString(36)}.${moment}`;
  }

  #shelf(place: Place): Shelf {
    let shelf = this.#shelves.get(place);
    if (shelf === undefined) {
      shelf = { last: 0, moment: '', dropped: 0 };
      this.#shelves.set(place, shelf);
    }
    return shelf;
  }
}

const POSITION = /^([\w-]+)\.([0-9a-z]{1,10})\.(.+)$/s;

function parsePosition(text: string): { readonly name: string; readonly serial: Serial; readonly moment: string } {
  const [, name, serial, moment] = POSITION.exec(text) ?? [];
  if (name === undefined || serial === undefined || moment === undefined) throw expired();
  return { name, serial: Number.parseInt(serial, 36), moment };
}

function expired(): DirectoryError {
  return new DirectoryError(
    'EXPIRED_CURSOR',
    'the changes after this position are no longer kept: read everything again',
  );
}
