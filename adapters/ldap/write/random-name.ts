import { parseDn } from '../dn.ts';
import type { Name } from '../tenant-view.ts';

/** RFC 9562 §5.4 */
const RANDOM = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether nobody else will ever have the name: a random UUID, by an attribute that clients do not write. */
export function isRandomName({ dn, container: { map } }: Name): boolean {
  const [[assertion, ...more] = []] = parseDn(dn);
  if (assertion === undefined || more.length > 0 || !RANDOM.test(assertion.value)) return false;
  return !map.attributes.some((attribute) => attribute.toLowerCase() === assertion.type.toLowerCase());
}
