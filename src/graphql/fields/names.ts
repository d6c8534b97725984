/** Words of any attribute name or URN segment, joined: `badge-number` is `BadgeNumber`. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `User` is `user`, `URLTemplate` is `urlTemplate`, `HR` is `hr`. */
export function camelCase(text: string): string {
  return pascalCase(text).replace(/^[A-Z]+(?=[A-Z][a-z]|$|[0-9])|^[A-Z]/, (capitals) => capitals.toLowerCase());
}

/** `lastModified` is `LAST_MODIFIED`, as enum values are written. */
export function constantCase(text: string): string {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return /^[A-Za-z_]/.test(words) ? words.toUpperCase() : `_${words.toUpperCase()}`;
}

/** English is irregular; what this gets wrong is still a valid and stable name. */
export function singularOf(plural: string): string {
  return plural
    .replace(/sses$/, 'ss')
    .replace(/ies$/, 'y')
    .replace(/(?<!s)s$/, '');
}

/**
 * An attribute's name as a GraphQL Name: kept where it is one, else camel case (`$ref` is `ref`). A double underscore at the
 * front is reserved by GraphQL's introspection.
 */
export function fieldNameOf(attribute: string): string {
  const name = /^[A-Za-z][A-Za-z0-9_]*$/.test(attribute) ? attribute : camelCase(attribute);
  return (/^[A-Za-z_]/.test(name) ? name : `_${name}`).replace(/^__+/, '_');
}

/** GraphQL keeps these three for itself. */
const RESERVED_VALUES = new Set(['TRUE', 'FALSE', 'NULL']);

export function enumValueOf(canonicalValue: string): string {
  const name = constantCase(canonicalValue).replace(/^__+/, '_');
  return RESERVED_VALUES.has(name) ? `_${name}` : name;
}
