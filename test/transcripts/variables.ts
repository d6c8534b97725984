import type { Json } from '#model/resource.ts';

const PLACEHOLDER = /\{\{([\w.@]+)\}\}/g;
const INSTANT = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z';

/**
 * Values of one life cycle. `{{ada.id}}` stands for a value that is kept where it first occurs and expected from then on;
 * names that differ in their last digits alone (`ada.version1`, `ada.version2`) stand for different values.
 * `{{@instant}}` is any point in time, `{{base}}` the base URL, `{{token}}` the tenant's token.
 */
export class Variables {
  readonly #values = new Map<string, string>();

  constructor(known: { readonly base: string; readonly token: string }) {
    for (const [name, value] of Object.entries(known)) this.#values.set(name, value);
  }

  /** Text or JSON with every placeholder filled. @throws where one is not known yet */
  fill<T extends Json>(value: T): T {
    return mapTexts(value, (text) =>
      text.replace(PLACEHOLDER, (_, name: string) => {
        const known = this.#values.get(name);
        if (known === undefined) throw new Error(`${name} is not known yet`);
        return known;
      }),
    ) as T;
  }

  /** An answer with members and found resources in the template's order, since their own follows from ids nobody knows ahead. */
  align(template: Json, actual: Json): Json {
    if (Array.isArray(template) && Array.isArray(actual)) {
      const rest = [...(actual as readonly Json[])];
      const ordered = (template as readonly Json[]).flatMap((item) => {
        const at = rest.findIndex((candidate) => this.#isNamed(item, candidate));
        return at < 0 ? [] : rest.splice(at, 1).map((found) => this.align(item, found));
      });
      return [...ordered, ...rest];
    }
    if (!isObject(template) || !isObject(actual)) return actual;
    return Object.fromEntries(
      Object.entries(actual).map(([name, item]) => [name, this.align(template[name] ?? null, item)]),
    );
  }

  #isNamed(template: Json, actual: Json): boolean {
    return ['id', 'value'].some((key) => {
      const name = isObject(template) ? template[key] : undefined;
      const known = typeof name === 'string' ? this.#values.get(name.replace(/^\{\{|\}\}$/g, '')) : undefined;
      return known !== undefined && isObject(actual) && actual[key] === known;
    });
  }

  /** The expected value as the actual one has to be: placeholders that are not known yet are learnt from it first. */
  expected(template: Json, actual: Json | undefined): Json {
    this.#learn(template, actual);
    return mapTexts(
      template,
      (text) => text.replace(PLACEHOLDER, (whole, name: string) => this.#values.get(name) ?? whole),
      actual,
    );
  }

  #learn(template: Json, actual: Json | undefined): void {
    if (typeof template === 'string') {
      if (typeof actual === 'string') this.#learnText(template, actual);
    } else if (Array.isArray(template)) {
      for (const [at, item] of template.entries()) this.#learn(item, Array.isArray(actual) ? actual[at] : undefined);
    } else if (isObject(template)) {
      for (const [name, item] of Object.entries(template))
        this.#learn(item, isObject(actual) ? actual[name] : undefined);
    }
  }

  #learnText(template: string, actual: string): void {
    const names: string[] = [];
    const pattern = template.split(PLACEHOLDER).map((part, at) => {
      if (at % 2 === 0) return escapeText(part);
      if (this.#values.has(part)) return escapeText(this.#values.get(part) ?? '');
      if (part.startsWith('@')) return INSTANT;
      names.push(part);
      return '(.+)';
    });
    const match = new RegExp(`^${pattern.join('')}$`).exec(actual);
    for (const [at, name] of names.entries()) {
      const value = match?.[at + 1];
      if (value !== undefined && !this.#isTaken(name, value)) this.#values.set(name, value);
    }
  }

  #isTaken(name: string, value: string): boolean {
    const stem = name.replace(/\d+$/, '');
    return (
      stem !== name && [...this.#values].some(([other, held]) => other.replace(/\d+$/, '') === stem && held === value)
    );
  }
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function mapTexts(template: Json, change: (text: string) => string, actual?: Json): Json {
  if (typeof template === 'string') {
    if (template === '{{@instant}}' && typeof actual === 'string' && new RegExp(`^${INSTANT}$`).test(actual))
      return actual;
    return change(template);
  }
  if (Array.isArray(template)) {
    return template.map((item: Json, at) => mapTexts(item, change, Array.isArray(actual) ? actual[at] : undefined));
  }
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, item]) => [
      name,
      mapTexts(item, change, isObject(actual) ? actual[name] : undefined),
    ]),
  );
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
