import { camelCase, pascalCase } from './names.ts';
import type { NameScope } from './naming.ts';

/**
 * Field and type of a schema extension, from the part of its URN between `extension:` and the version:
 * `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User` on User is `enterprise` and `EnterpriseUser`.
 * A taken field gets the URN's organisation in front, then its version behind.
 */
export function nameExtension(urn: string, owner: string, fields: NameScope): { field: string; type: string } {
  const parts = urn.split(':');
  const versionAt = parts.findIndex((part, index) => index > 1 && /^\d+(\.\d+)+$/.test(part));
  const start = Math.max(parts.indexOf('extension'), parts.indexOf('schemas')) + 1;
  const words = parts.slice(start, versionAt < 0 ? -1 : versionAt).join('-') || (parts[1] ?? 'extension');
  const organisation = parts[1] ?? '';
  const thing = urn.toLowerCase();
  const version = versionAt < 0 ? '' : `V${parts[versionAt]?.replaceAll('.', '_')}`;
  const wished = [words, `${organisation}-${words}`].find((candidate) => fields.isFree(camelCase(candidate), thing));
  const field = wished === undefined ? `${camelCase(`${organisation}-${words}`)}${version}` : camelCase(wished);
  return { field: fields.claim(thing, field), type: `${pascalCase(wished ?? words)}${owner}` };
}
