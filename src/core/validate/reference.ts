import type { ReferenceTargets } from '../schema/attribute.ts';

/** What RFC 3986 lets stand in a URI reference; IRIs (RFC 3987) are accepted as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const NO_URI = /[\u0000-\u0020\u007f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/;

/** What was expected where a value is no reference of this kind (RFC 7643 §2.3.7); that its target exists is not asked. */
export function referenceFault({ anyUri, endpoints }: ReferenceTargets, value: string): string | undefined {
  if (NO_URI.test(value)) return 'a URI, absolute or relative';
  if (anyUri || endpoints.some((endpoint) => leadsTo(endpoint, value))) return undefined;
  return `a URI that ends with ${endpoints.map((endpoint) => `${endpoint}/{id}`).join(' or ')}`;
}

/** `https://.../v2/Users/271`, `/Users/271` and `Users/271` all lead to a user. */
function leadsTo(endpoint: string, value: string): boolean {
  const [id = '', owner = ''] = value.split('/').reverse();
  return id !== '' && !/[?#]/.test(id) && `/${owner}` === endpoint;
}
