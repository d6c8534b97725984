import type { Call } from '#model/call.ts';
import type { ObserveCache } from '../options.ts';
import type { CacheStore, Entry, Reading } from '../protocol/cache-store.ts';
import type { Name } from '../protocol/names.ts';
import { type Flight, Flights } from './flights.ts';

/** How one kind of value is kept, and read where it is not. */
export interface Kind<Value> {
  decode(text: string): Value;
  /** Undefined: not to be kept. */
  encode(value: Value): string | undefined;
  /** Reads the values at these places of the names, in order. */
  load(places: readonly number[]): Promise<readonly Value[]>;
}

/** Reads by name from the cache, the rest from the backend, and keeps what may be kept. */
export class ReadThrough {
  readonly #store: CacheStore;
  readonly #observe: ObserveCache;
  readonly #flights = new Flights();

  constructor(store: CacheStore, observe: ObserveCache) {
    this.#store = store;
    this.#observe = observe;
  }

  /** One value per name, in order. @throws what `load` throws */
  async read<Value>(call: Call, names: readonly Name[], kind: Kind<Value>): Promise<readonly Value[]> {
    if (names.length === 0) return [];
    const mayFill = call.consistency === 'cached';
    const reading = await this.#store.read(call.tenant, names, [], mayFill);
    if (reading === undefined) return kind.load(names.map((_, place) => place));
    const { found } = reading;
    const missing = places(found, (value) => typeof value !== 'string');
    this.#observe('hit', names.length - missing.length);
    const values = found.map((value) => (typeof value === 'string' ? kind.decode(value) : undefined));
    if (missing.length > 0) {
      this.#observe('miss', missing.length);
      await this.#load(call, names, reading, missing, kind, values);
    }
    return values as readonly Value[];
  }

  /** What another reader of this process is at is waited for, and taken where it could be kept: then it is no older than this reading. */
  async #load<Value>(
    { tenant }: Call,
    names: readonly Name[],
    reading: Reading,
    missing: readonly number[],
    kind: Kind<Value>,
    values: (Value | undefined)[],
  ): Promise<void> {
    const leased = missing.filter((place) => reading.found[place] === true);
    const others = missing.filter((place) => reading.found[place] !== true);
    const awaited = others.map((place) => this.#flights.of(tenant, names[place] as Name));
    const alone = others.filter((_, index) => awaited[index] === undefined);
    const lead = this.#lead(tenant, names, reading, leased, alone, kind, values);
    const late: number[] = [];
    const follow = Promise.all(
      others.map(async (place, index) => {
        const kept = await awaited[index];
        if (kept !== undefined) values[place] = kind.decode(kept);
        else if (awaited[index] !== undefined) late.push(place);
      }),
    );
    await Promise.all([lead, follow]);
    if (late.length > 0) await this.#loadInto(late, kind, values);
  }

  async #lead<Value>(
    tenant: Call['tenant'],
    names: readonly Name[],
    reading: Reading,
    leased: readonly number[],
    alone: readonly number[],
    kind: Kind<Value>,
    values: (Value | undefined)[],
  ): Promise<void> {
    if (leased.length + alone.length === 0) return;
    const flights = leased.map((place) => this.#flights.begin(tenant, names[place] as Name));
    try {
      await this.#loadInto([...leased, ...alone], kind, values);
    } catch (error) {
      for (const flight of flights) flight.end(undefined);
      throw error;
    }
    const entries = leased.map((place): Entry => [names[place] as Name, kind.encode(values[place] as Value) ?? '']);
    // Whoever asked has his answer; only those who follow need to know whether it was kept.
    if (entries.length > 0) void this.#keep(tenant, reading, entries, flights);
  }

  async #keep(
    tenant: Call['tenant'],
    reading: Reading,
    entries: readonly Entry[],
    flights: readonly Flight[],
  ): Promise<void> {
    for (const flight of flights) flight.close();
    const stored = await this.#store.fill(tenant, reading, entries, []);
    this.#observe('refusedFill', stored.filter((each) => !each).length);
    flights.forEach((flight, at) => {
      const [, text = ''] = entries[at] ?? [];
      flight.end(stored[at] === true && text !== '' ? text : undefined);
    });
  }

  async #loadInto<Value>(wanted: readonly number[], kind: Kind<Value>, values: (Value | undefined)[]): Promise<void> {
    const loaded = await kind.load(wanted);
    wanted.forEach((place, index) => {
      values[place] = loaded[index];
    });
  }
}

function places<T>(list: readonly T[], test: (item: T) => boolean): number[] {
  return list.flatMap((item, place) => (test(item) ? [place] : []));
}
