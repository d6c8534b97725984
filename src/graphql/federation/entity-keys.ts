import type { TypeFields } from '../fields/field.ts';

/** A field by which other services of a federation name a resource. */
export interface EntityKey {
  readonly field: string;
  /** As `Session.byKeys` calls it; `id` is read by `getMany`. */
  readonly attribute: string;
}

/** `id` first, then every unique value that each resource has, since a key that may be null names nothing. */
export function entityKeys({ fields, lookups }: TypeFields): readonly EntityKey[] {
  const isRequired = (name: string) => fields.some((field) => field.name === name && field.required);
  const unique = lookups.filter((lookup) => lookup.unique && isRequired(lookup.name));
  return [{ field: 'id', attribute: 'id' }, ...unique.map(({ name, attribute }) => ({ field: name, attribute }))];
}

/** `@key(fields: "id") @key(fields: "userName")` */
export function keyDirectives(type: TypeFields): string {
  return entityKeys(type)
    .map(({ field }) => `@key(fields: ${JSON.stringify(field)})`)
    .join(' ');
}
