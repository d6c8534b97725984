import { type FieldMap, personTypeOf, type TypeFields } from '../fields/field.ts';
import { block, describe } from './describe.ts';

const USER =
  'The person whom the credential stands for, as in SCIM `/Me`; null where it stands for a client alone, or for nobody who is there.';

/** `Viewer.user`, which stands beside the type of people. */
export function viewerExtension(map: FieldMap, type: TypeFields): readonly string[] {
  return type === personTypeOf(map) ? [block('extend type Viewer', [`${describe(USER)}user: ${type.name}`])] : [];
}
