import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { Random } from '#test/support/random.ts';
import { literal, type Pools, type Value, ValueSource } from './generate-value.ts';

/** A request: a document with one operation, and its variables. */
export interface Operation {
  readonly query: string;
  readonly variables: { readonly [name: string]: unknown };
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly seed: number;
  /** How many fields it has, roughly; from 1. */
  readonly size: number;
  readonly root?: 'query' | 'mutation';
  readonly pools?: Pools;
}

/** Levels of fields; the limit of the gateway is 15. */
const DEEPEST = 9;
/** Lists within each other, so that what the answer could have stays within bounds. */
const LISTS = 2;
/** What every object inherits: names like any other. */
const INHERITED: readonly string[] = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

/**
 * An operation over a schema that mostly is valid: nested selections, aliases, named and inline fragments on objects and interfaces, conditions
 * by literal and by variable, arguments by literal and by variable, variables that are given, left to their default, or null. A few break
 * a rule about fields that meet under one key, so that the caller has to validate.
 */
export function generateOperation(options: OperationOptions): Operation {
  return new Generator(options).operation();
}

interface Fragment {
  readonly name: string;
  readonly type: GraphQLCompositeType;
  readonly text: string;
  /** Levels of fields in it, and lists. */
  readonly depth: number;
}

/** Where a selection stands. */
interface Place {
  readonly depth: number;
  readonly lists: number;
}

class Generator {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #values: ValueSource;
  readonly #root: 'query' | 'mutation';
  readonly #fragments: Fragment[] = [];
  readonly #declarations: string[] = [];
  readonly #variables: { [name: string]: unknown } = {};
  #left: number;
  #named = 0;

  constructor({ schema, seed, size, root = 'query', pools = {} }: OperationOptions) {
    this.#schema = schema;
    this.#random = new Random(seed);
    this.#values = new ValueSource(this.#random, pools);
    this.#root = root;
    this.#left = size;
  }

  operation(): Operation {
    const type = this.#root === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (!type) throw new Error(`the schema has no ${this.#root}`);
    const selection = this.#selection(type, { depth: 0, lists: 0 });
    const declared = this.#declarations.length === 0 ? '' : `(${this.#declarations.join(', ')})`;
    const head =
      declared === '' && this.#root === 'query' && this.#random.chance(0.3) ? '' : `${this.#root} Q${declared} `;
    const fragments = this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`);
    return { query: [`${head}${selection}`, ...fragments].join('\n'), variables: this.#variables };
  }

  #selection(type: GraphQLCompositeType, place: Place): string {
    const parts: string[] = [];
    const wanted = 1 + this.#random.upTo(Math.max(1, Math.min(6, this.#left)));
    for (let count = 0; count < wanted; count += 1) parts.push(this.#part(type, place));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLCompositeType, place: Place): string {
    this.#left -= 1;
    if (this.#random.chance(0.06)) return this.#typename();
    if (place.depth > 0 && this.#random.chance(isAbstractType(type) ? 0.4 : 0.12)) return this.#fragment(type, place);
    return isObjectType(type) || isInterfaceType(type) ? this.#anyField(type, place) : this.#fragment(type, place);
  }

  #typename(): string {
    const alias = this.#random.chance(0.5) ? `${this.#random.pick(INHERITED)}: ` : '';
    return `${alias}__typename${this.#condition()}`;
  }

  #anyField(type: GraphQLObjectType | GraphQLInterfaceType, place: Place): string {
    const fields = Object.values(type.getFields()).filter((field) => this.#fits(field, place));
    const nested = fields.filter(({ type }) => isCompositeType(getNamedType(type)));
    if (fields.length === 0) return this.#typename();
    const field = this.#random.pick(nested.length > 0 && this.#random.chance(0.5) ? nested : fields);
    return this.#field(type, field, place);
  }

  #fits(field: GraphQLField<unknown, unknown>, { depth, lists }: Place): boolean {
    if (!isCompositeType(getNamedType(field.type))) return true;
    return this.#left > 0 && depth < DEEPEST && (lists < LISTS || !isPage(field));
  }

  #field(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, place: Place): string {
    const args = this.#arguments(field);
    const type = getNamedType(field.type);
    const below = { depth: place.depth + 1, lists: place.lists + (isPage(field) ? 1 : 0) };
    const alias = this.#alias(parent, field, args !== '');
    const head = `${alias}${field.name}${args}${this.#condition()}`;
    return isCompositeType(type) ? `${head} ${this.#selection(type, below)}` : head;
  }

  /** Under one key there may be one field with one set of arguments; where types of one interface differ about a field, it has a key for each. */
  #alias(parent: GraphQLCompositeType, { name }: GraphQLField<unknown, unknown>, hasArguments: boolean): string {
    if (hasArguments) return `${this.#fresh('a')}: `;
    if (this.#random.chance(0.1)) return `${this.#fresh('a')}: `;
    const differs = differingNames(this.#schema).has(name);
    return differs ? `${parent.name}_${name}: ` : '';
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const chosen = args.filter((arg) => isRequired(arg) || this.#random.chance(0.35));
    if (chosen.length === 0) return '';
    return `(${chosen.map((arg) => `${arg.name}: ${this.#argument(arg)}`).join(', ')})`;
  }

  #argument({ name, type }: GraphQLArgument): string {
    const value = this.#values.argument(name, type);
    return this.#random.chance(0.4) ? this.#variable(type, value) : literal(value);
  }

  /** Declares a variable that holds the value: as it was sent, or as its default. */
  #variable(type: GraphQLInputType, value: Value): string {
    const name = this.#fresh('v');
    const byDefault = this.#random.chance(0.25);
    this.#declarations.push(byDefault ? `$${name}: ${type} = ${literal(value)}` : `$${name}: ${type}`);
    if (!byDefault || this.#random.chance(0.2)) this.#variables[name] = JSON.parse(JSON.stringify(value));
    return `$${name}`;
  }

  #condition(): string {
    if (!this.#random.chance(0.1)) return '';
    const value = this.#random.chance(0.5);
    const given = this.#random.chance(0.5) ? this.#flag(value) : String(value);
    return ` @${this.#random.pick(['skip', 'include'])}(if: ${given})`;
  }

  #flag(value: boolean): string {
    const name = this.#fresh('v');
    this.#declarations.push(this.#random.chance(0.3) ? `$${name}: Boolean = ${value}` : `$${name}: Boolean!`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #fragment(type: GraphQLCompositeType, place: Place): string {
    const on = this.#random.pick(this.#overlapping(type));
    const known = this.#fragments.filter(
      (each) => each.type === on && each.depth + place.depth <= DEEPEST && place.lists === 0,
    );
    if (known.length > 0 && this.#random.chance(0.4)) return `...${this.#random.pick(known).name}${this.#condition()}`;
    if (!this.#random.chance(0.5)) {
      const condition = on === type && this.#random.chance(0.3) ? '' : ` on ${on.name}`;
      return `...${condition}${this.#condition()} ${this.#selection(on, place)}`;
    }
    const name = this.#fresh('F');
    const text = this.#selection(on, place);
    this.#fragments.push({ name, type: on, text, depth: DEEPEST - place.depth });
    return `...${name}${this.#condition()}`;
  }

  /** Types of which an object of this type can be. */
  #overlapping(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type as GraphQLObjectType];
    return [type, ...possible, ...possible.flatMap((each) => each.getInterfaces())];
  }

  #fresh(start: string): string {
    this.#named += 1;
    return `${start}${this.#named}`;
  }
}

const differing = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Names of fields that do not have the same type wherever they stand. */
function differingNames(schema: GraphQLSchema): ReadonlySet<string> {
  let names = differing.get(schema);
  if (names === undefined) {
    const types = new Map<string, Set<string>>();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const { name, type: own } of Object.values(type.getFields())) {
        types.set(name, (types.get(name) ?? new Set()).add(String(own)));
      }
    }
    names = new Set([...types].filter(([, own]) => own.size > 1).map(([name]) => name));
    differing.set(schema, names);
  }
  return names;
}

/** Whether a field leads to more resources than one. */
function isPage({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === 'first' || name === 'ids' || name === 'representations');
}

function isRequired({ type, defaultValue }: GraphQLArgument): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
