import { DirectoryError } from '#model/errors.ts';
import type { Attributes, Json } from '#model/resource.ts';
import type { Visibility } from './policy/visibility.ts';
import type { Attribute, ResourceType } from './schema/attribute.ts';
import { resolvePath } from './schema/resolve-path.ts';

export interface ProjectionRequest {
  /** As the client wrote them: `userName`, `name.givenName`, URN-qualified, or an extension URN alone. Unknown names are ignored. */
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

/** Sub-attributes to show of an attribute that is projected from links; absent where it is not to be fetched at all. */
export interface ProjectedLinks {
  readonly members?: ReadonlySet<string>;
  readonly groups?: ReadonlySet<string>;
  readonly manager?: ReadonlySet<string>;
}

/** Which attributes an answer shows, RFC 7644 §3.9 and the `returned` characteristic of RFC 7643 §7. */
export interface Projection {
  /** Nothing was asked for or excluded: text rendered once may be shown again, to whoever sees as much. */
  readonly isDefault: boolean;
  readonly links: ProjectedLinks;
  /** `meta` sub-attributes to show; empty where `meta` is not shown. */
  readonly meta: ReadonlySet<string>;
  /** What to show of stored attributes, extensions under their URN; without id, schemas, meta and links. */
  apply(attributes: Attributes): { readonly [name: string]: Json };
}

/** Sub-attributes of an attribute to show, or null for a simple attribute. */
type Shown = ReadonlySet<string> | null;
/** `whole` where nothing of the attribute is left out. */
interface Entry {
  readonly attribute: Attribute;
  readonly shown: Shown;
  readonly whole: boolean;
}

type Plan = Map<string, Entry>;

interface Plans {
  readonly core: Plan;
  readonly extensions: Map<string, Plan>;
}

/** By whoever sees as much, for a type. */
type Defaults = WeakMap<ResourceType, Projection>;
const defaults: Defaults = new WeakMap();
const masked = new WeakMap<Visibility, Defaults>();

/**
 * Attributes that are hidden from the client are left out like those that are not asked for. `written` are paths that a write specified: what is returned on request only is shown in the answer to it (RFC 7643 §7), unless
 * the lists say otherwise.
 * @throws {DirectoryError} INVALID_VALUE where both lists are given: they are mutually exclusive (RFC 7644 §3.9)
 */
export function projectionOf(
  type: ResourceType,
  request: ProjectionRequest = {},
  written: readonly string[] = [],
  visibility?: Visibility,
): Projection {
  const attributes = request.attributes ?? [];
  const excluded = request.excludedAttributes ?? [];
  if (attributes.length > 0 && excluded.length > 0) {
    throw new DirectoryError('INVALID_VALUE', 'give either attributes or excludedAttributes, not both');
  }
  if (attributes.length > 0) return projection(type, seen(type, selected(type, attributes), visibility), false);
  if (excluded.length > 0 || written.length > 0) {
    return projection(type, seen(type, remaining(type, excluded, written), visibility), false);
  }
  const known = visibility === undefined ? defaults : defaultsFor(visibility);
  let byDefault = known.get(type);
  if (byDefault === undefined) {
    byDefault = projection(type, seen(type, select(type, defaultEntry), visibility), true);
    known.set(type, byDefault);
  }
  return byDefault;
}

function defaultsFor(visibility: Visibility): Defaults {
  let known = masked.get(visibility);
  if (known === undefined) {
    known = new WeakMap();
    masked.set(visibility, known);
  }
  return known;
}

/** Of values nothing has to be taken away, since they come masked; links are not to be asked for. */
function seen(type: ResourceType, plans: Plans, visibility: Visibility | undefined): Plans {
  if (visibility === undefined) return plans;
  const seenOf = (plan: Plan, schema?: string): Plan =>
    new Map([...plan].filter(([name]) => !visibility.hides(type.name, { schema, name })));
  return {
    core: seenOf(plans.core),
    extensions: new Map([...plans.extensions].map(([urn, plan]) => [urn, seenOf(plan, urn)])),
  };
}

function projection(type: ResourceType, plans: Plans, isDefault: boolean): Projection {
  const hidesNothing = isDefault && !hidesStored(type);
  return {
    isDefault,
    links: linksOf(plans),
    meta: plans.core.get('meta')?.shown ?? new Set(),
    apply: hidesNothing ? (attributes) => attributes : (attributes) => applyPlans(type, plans, attributes),
  };
}

/** Whether anything that may be stored is kept from the default projection. */
function hidesStored(type: ResourceType): boolean {
  const hides = (attribute: Attribute): boolean =>
    !attribute.secret && !attribute.link && (!isReturned(attribute) || (attribute.subAttributes ?? []).some(hides));
  const owned = type.extensions.flatMap(({ schema }) => schema.attributes);
  return [...type.attributes, ...owned].some(hides);
}

function applyPlans(type: ResourceType, plans: Plans, attributes: Attributes): { readonly [name: string]: Json } {
  const shown: { [name: string]: Json } = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined) continue;
    const extension = plans.extensions.get(name);
    if (extension !== undefined) {
      const inner = applyPlan(extension, value as Attributes);
      if (Object.keys(inner).length > 0) shown[name] = inner;
    } else if (!type.extensions.some(({ schema }) => schema.id === name)) {
      showAttribute(shown, plans.core, name, value);
    }
  }
  return shown;
}

function applyPlan(plan: Plan, attributes: Attributes): { readonly [name: string]: Json } {
  const shown: { [name: string]: Json } = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) showAttribute(shown, plan, name, value);
  }
  return shown;
}

function showAttribute(into: { [name: string]: Json }, plan: Plan, name: string, value: Json): void {
  const entry = plan.get(name);
  if (entry === undefined || entry.attribute.link !== undefined) return;
  if (entry.whole || entry.shown === null) into[name] = value;
  else if (Array.isArray(value)) into[name] = value.map((item: Json) => pick(item, entry.shown));
  else into[name] = pick(value, entry.shown);
}

function pick(value: Json, shown: Shown): Json {
  if (shown === null || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => shown.has(name)));
}

function linksOf(plans: Plans): ProjectedLinks {
  const links: { members?: ReadonlySet<string>; groups?: ReadonlySet<string>; manager?: ReadonlySet<string> } = {};
  for (const plan of [plans.core, ...plans.extensions.values()]) {
    for (const { attribute, shown } of plan.values()) {
      if (attribute.link === undefined || shown === null) continue;
      if (attribute.link.edge === 'manager') links.manager = shown;
      else if (attribute.link.direction === 'out') links.members = shown;
      else links.groups = shown;
    }
  }
  return links;
}

function isReturned(attribute: Attribute): boolean {
  return attribute.returned === 'default' || attribute.returned === 'always';
}

function select(type: ResourceType, entryFor: (attribute: Attribute) => Entry | undefined): Plans {
  const plan = (attributes: readonly Attribute[]): Plan =>
    new Map(
      attributes.flatMap((attribute) => {
        const entry = entryFor(attribute);
        return entry === undefined ? [] : [[attribute.name, entry]];
      }),
    );
  return {
    core: plan(type.attributes),
    extensions: new Map(type.extensions.map(({ schema }) => [schema.id, plan(schema.attributes)])),
  };
}

/** What is shown where nothing is asked for. */
function defaultEntry(attribute: Attribute): Entry | undefined {
  return isReturned(attribute) ? entryOf(attribute, isReturned) : alwaysEntry(attribute);
}

/** What is shown whatever is asked for: an attribute, or of one that is not always shown the sub-attributes that are. */
function alwaysEntry(attribute: Attribute): Entry | undefined {
  const { returned, subAttributes = [] } = attribute;
  const isAlways = (each: Attribute) => each.returned === 'always';
  if (isAlways(attribute)) return entryOf(attribute, isReturned);
  return returned !== 'never' && subAttributes.some(isAlways) ? entryOf(attribute, isAlways) : undefined;
}

function entryOf(attribute: Attribute, keep: (sub: Attribute) => boolean): Entry {
  const subs = attribute.subAttributes;
  if (subs === undefined) return { attribute, shown: null, whole: true };
  const shown = subs.filter(keep);
  return { attribute, shown: new Set(shown.map((sub) => sub.name)), whole: shown.length === subs.length };
}

/** `attributes`: what is always returned and what the list names, `returned: request` included. */
function selected(type: ResourceType, paths: readonly string[]): Plans {
  const plans = select(type, alwaysEntry);
  for (const text of paths) showNamed(type, plans, text.trim());
  return plans;
}

function showNamed(type: ResourceType, plans: Plans, text: string): void {
  const path = resolvePath(type, text);
  const plan = path?.schema === undefined ? plans.core : plans.extensions.get(path.schema);
  if (path === undefined || plan === undefined) return;
  const { attribute, sub, schema } = path;
  if (attribute === undefined) {
    const extension = type.extensions.find((candidate) => candidate.schema.id === schema)?.schema;
    for (const each of extension?.attributes ?? []) {
      if (isReturned(each)) plan.set(each.name, namedEntry(plan, each, undefined));
    }
  } else if (attribute.returned !== 'never') {
    plan.set(attribute.name, namedEntry(plan, attribute, sub));
  }
}

/** What is shown of an attribute already, and what is named of it. */
function namedEntry(plan: Plan, attribute: Attribute, sub: Attribute | undefined): Entry {
  const named = entryOf(
    attribute,
    sub === undefined ? isReturned : (each) => each === sub && each.returned !== 'never',
  );
  const before = plan.get(attribute.name)?.shown;
  if (!before || named.shown === null) return named;
  return { attribute, shown: new Set([...before, ...named.shown]), whole: false };
}

/** `excludedAttributes`: the default projection and what was written without the list, except what is always returned. */
function remaining(type: ResourceType, paths: readonly string[], written: readonly string[]): Plans {
  const plans = select(type, defaultEntry);
  for (const text of written) showNamed(type, plans, text);
  for (const text of paths) {
    const path = resolvePath(type, text.trim());
    if (path === undefined) continue;
    const plan = path.schema === undefined ? plans.core : plans.extensions.get(path.schema);
    if (plan === undefined) continue;
    if (path.attribute !== undefined) exclude(plan, path.attribute, path.sub);
    else for (const { attribute } of [...plan.values()]) exclude(plan, attribute, undefined);
  }
  return plans;
}

function exclude(plan: Plan, attribute: Attribute, sub: Attribute | undefined): void {
  const entry = plan.get(attribute.name);
  if (entry === undefined || attribute.returned === 'always') return;
  if (sub === undefined || entry.shown === null) {
    const always = alwaysEntry(attribute);
    if (always === undefined) plan.delete(attribute.name);
    else plan.set(attribute.name, always);
  } else if (sub.returned !== 'always') {
    const shown = new Set([...entry.shown].filter((name) => name !== sub.name));
    plan.set(attribute.name, { attribute, shown, whole: false });
  }
}
