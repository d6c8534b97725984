import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Random } from '#test/support/random.ts';

/** A value of an input type: as JSON, and where an enum stands in it, as a wrapper that a literal writes without quotes. */
export type Value =
  | null
  | boolean
  | number
  | string
  | EnumValue
  | readonly Value[]
  | { readonly [name: string]: Value };

export class EnumValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toJSON(): string {
    return this.name;
  }
}

/** Values that mean something to the directory that is asked, by the name of an argument (`filter`) or of a scalar (`ID`). */
export type Pools = { readonly [name: string]: readonly Value[] };

const POOLS: Pools = {
  Int: [0, 1, 2, 3, 5, 20, -1],
  Integer: [0, 1, -1, 2 ** 40],
  Float: [0, 1.5, -2],
  Boolean: [true, false],
  DateTime: ['2011-05-13T04:42:34Z', '2036-01-01T00:00:00+01:00'],
  URI: ['https://example.com/a', 'urn:x'],
  Base64: ['', 'AAEC', '_-8='],
  JSON: [null, 'a', 1, true, ['a'], { value: 'a' }],
  ID: ['none', ''],
  String: ['', 'a', 'A B', 'ü', '"\\', '\u{1f600}', 'toString', '__proto__'],
};

/** Input objects within each other. */
const DEEPEST = 3;
const PRESENT = 0.35;

export class ValueSource {
  readonly #random: Random;
  readonly #pools: Pools;

  constructor(random: Random, pools: Pools) {
    this.#random = random;
    this.#pools = pools;
  }

  /** Any value that fits the type; null is one where the type allows it. */
  of(type: GraphQLInputType, depth = 0): Value {
    if (isNonNullType(type)) return this.#present(type.ofType, depth);
    return this.#random.chance(0.08) ? null : this.#present(type, depth);
  }

  /** A value of an argument of that name. */
  argument(name: string, type: GraphQLInputType): Value {
    const own = this.#pools[name];
    return own !== undefined && this.#random.chance(0.9) ? this.#random.pick(own) : this.of(type);
  }

  #present(type: GraphQLInputType, depth: number): Value {
    if (isNonNullType(type)) return this.#present(type.ofType, depth);
    if (isListType(type)) {
      const length = depth > DEEPEST ? 0 : this.#random.upTo(3);
      return Array.from({ length }, () => this.of(type.ofType, depth + 1));
    }
    if (isEnumType(type)) return new EnumValue(this.#random.pick(type.getValues()).name);
    if (isInputObjectType(type)) return this.#object(type, depth);
    const own = this.#pools[type.name] ?? [];
    const common = POOLS[type.name] ?? [];
    const pool = own.length > 0 && this.#random.chance(0.8) ? own : [...own, ...common];
    if (pool.length === 0) throw new Error(`no values of the scalar ${type.name}`);
    return this.#random.pick(pool);
  }

  #object(type: GraphQLInputObjectType, depth: number): Value {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.#random.pick(fields);
      return { [field.name]: this.#present(field.type, depth + 1) };
    }
    const chosen = fields.filter((field) => this.#isChosen(field, fields.length, depth));
    return Object.fromEntries(chosen.map((field) => [field.name, this.of(field.type, depth + 1)]));
  }

  /** Of many fields few, and fewer the deeper they stand. */
  #isChosen({ type, defaultValue }: GraphQLInputField, many: number, depth: number): boolean {
    if (isNonNullType(type) && defaultValue === undefined) return true;
    if (depth > DEEPEST) return false;
    return this.#random.chance(Math.min(PRESENT, 3 / many) / (depth + 1));
  }
}

/** A value as it stands in a document. */
export function literal(value: Value): string {
  if (value instanceof EnumValue) return value.name;
  if (isList(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, each]) => `${name}: ${literal(each)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
