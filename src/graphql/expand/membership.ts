import type { FieldMap } from '../fields/field.ts';
import type { Walk } from './walk.ts';

/** The type that has members and those that can be one. @throws {Error} where no type has members, which is a bug */
export function membershipOf({ fields: { membership } }: Walk): NonNullable<FieldMap['membership']> {
  if (membership === undefined) throw new Error('a field of membership exists although nothing has members');
  return membership;
}
