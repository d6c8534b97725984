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
    const copy = JSON.parse(JSON.stringify(attributes)) as Attributes;
    this.#share(copy);
    return copy;
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
