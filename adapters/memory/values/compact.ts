import type { Attributes, Json } from '#model/resource.ts';

/** Old texts are forgotten together: what is frequent comes back at once, and the pool never outgrows what it saves. */
const POOL_LIMIT = 20_000;

/**
 * Attributes in their smallest form, detached from the caller's: parsing gives objects without spare room, and a text that stands
 * twice, in one resource (a name as userName, e-mail and key) or in many (a department), is kept once.
 */
export class Compactor {
  readonly #pool = new Map<string, string>();

  attributes(attributes: Attributes): Attributes {
    const plain = !Object.hasOwn(attributes, '__proto__');
    if (plain && Object.values(attributes).some(isKept)) return this.#updated(attributes);
    const copy = parsed(attributes);
    this.#share(copy);
    return copy;
  }

  /** What an update leaves as it was is in its smallest form already. */
  #updated(attributes: Attributes): Attributes {
    const copy: { [name: string]: Json } = { ...attributes };
    for (const [name, item] of Object.entries(attributes)) {
      if (typeof item !== 'object' || item === null || isKept(item)) continue;
      const own = parsed(item);
      this.#share(own);
      copy[name] = own;
    }
    return Object.freeze(copy);
  }

  text(text: string): string {
    const known = this.#pool.get(text);
    if (known !== undefined) return known;
    if (this.#pool.size >= POOL_LIMIT) this.#pool.clear();
    this.#pool.set(text, text);
    return text;
  }

  #share(value: { [name: string]: Json }): void {
    for (const name of Object.keys(value)) {
      const item = value[name];
      // Assigning to `__proto__` would set the prototype; such a value stays as it was parsed.
      if (typeof item === 'string' && name !== '__proto__') value[name] = this.text(item);
      else if (typeof item === 'object' && item !== null) this.#share(item as { [name: string]: Json });
    }
    Object.freeze(value);
  }
}

function parsed<Value extends object>(value: Value): Value & { [name: string]: Json } {
  return JSON.parse(JSON.stringify(value));
}

/** Frozen to the last value, as nothing but what this class made is. */
function isKept(value: Json): boolean {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return false;
  return Object.values(value).every((item) => typeof item !== 'object' || item === null || isKept(item));
}
