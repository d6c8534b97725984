import type { NameBook } from '#core/system/name-book.ts';

/**
 * Hands out the names of one schema. A thing that was given a name keeps it, and no other thing gets it, whether or not the schema
 * still has the first: what a client has learnt by a name never becomes something else.
 */
export class Naming {
  private readonly books: readonly NameBook[];
  private readonly scopes = new Map<string, NameScope>();

  /** What was given before, the books that weigh more first. */
  constructor(...books: readonly NameBook[]) {
    this.books = books;
  }

  /** One space of names; `reserved` are those that nothing in it may have. The same object for the same space. */
  scope(space: string, reserved: Iterable<string> = []): NameScope {
    let scope = this.scopes.get(space);
    if (scope === undefined) {
      scope = new NameScope(
        reserved,
        this.books.flatMap((book) => book.get(space) ?? []),
      );
      this.scopes.set(space, scope);
    }
    return scope;
  }

  /** What was handed out and stands in no book. */
  get fresh(): NameBook {
    return new Map(
      [...this.scopes].filter(([, { fresh }]) => fresh.size > 0).map(([space, { fresh }]) => [space, fresh]),
    );
  }
}

/** Hands out each name once: the second `email` becomes `email_2`. */
export class NameScope {
  /** The thing that has each name; null for names that nothing may have. */
  private readonly owners = new Map<string, string | null>();
  private readonly given = new Map<string, string>();
  readonly fresh = new Map<string, string>();

  constructor(reserved: Iterable<string>, books: readonly ReadonlyMap<string, string>[]) {
    for (const name of reserved) this.owners.set(name, null);
    for (const [thing, name] of books.flatMap((names) => [...names])) {
      if (this.given.has(thing) || this.owners.has(name)) continue;
      this.given.set(thing, name);
      this.owners.set(name, thing);
    }
  }

  /** Whether the thing may have the name. */
  isFree(name: string, thing: string): boolean {
    const owner = this.owners.get(name);
    return owner === undefined || owner === thing;
  }

  /** `companions` are suffixes of names that go with it, and are taken together with it. */
  claim(thing: string, wanted: string, companions: readonly string[] = []): string {
    const parts = ['', ...companions].map((suffix) => ({
      suffix,
      thing: suffix === '' ? thing : `${thing} +${suffix}`,
    }));
    const fits = (name: string) => parts.every((part) => this.isFree(name + part.suffix, part.thing));
    let name = this.given.get(thing) ?? wanted;
    for (let number = 1; !fits(name); number += 1) name = number === 1 ? wanted : `${wanted}_${number}`;
    for (const part of parts) this.take(part.thing, name + part.suffix);
    return name;
  }

  private take(thing: string, name: string): void {
    if (this.given.get(thing) === name) return;
    this.given.set(thing, name);
    this.owners.set(name, thing);
    this.fresh.set(thing, name);
  }
}
