import type { ResourceType } from '../schema/attribute.ts';

/** Whether a resource of the type can be switched off: by `active` of RFC 7643 §4.1.1, or a custom type's own. */
export function hasActive(type: ResourceType): boolean {
  return type.attributes.some(({ name, type: kind }) => name === 'active' && kind === 'boolean');
}
