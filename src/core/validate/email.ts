/** Octets, RFC 5321 §4.5.3.1; a path's 256 count the angle brackets. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
const LONGEST_LABEL = 63;

/** What RFC 6531 §3.3 adds to RFC 5321: anything beyond ASCII, here without what is invisible. */
const BEYOND = '[^\\x00-\\x7f\\p{C}\\p{Z}]';
const ATOM = `(?:[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]|${BEYOND})+`;
const DOT_STRING = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`, 'u');
const QUOTED_STRING = new RegExp(`^"(?:[ !#-\\[\\]-~]|\\\\[ -~]|${BEYOND})*"$`, 'u');
const LABEL = /^(?!-)[A-Za-z0-9\p{L}\p{M}\p{N}-]+(?<!-)$/u;
/** `[192.0.2.1]`, `[IPv6:2001:db8::1]` */
const ADDRESS_LITERAL = /^\[[!-Z^-~]+\]$/;

/**
 * Whether a text is a mailbox of RFC 5321 §4.1.2 with RFC 6531's letters: `Local-part "@" ( Domain / address-literal )`. A domain
 * of one label is one. That the mailbox exists is nobody's to say here. Takes time linear in the text.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > LONGEST || Buffer.byteLength(text) > LONGEST) return false;
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (Buffer.byteLength(local) > LONGEST_LOCAL) return false;
  return (DOT_STRING.test(local) || QUOTED_STRING.test(local)) && isDomain(domain);
}

function isDomain(domain: string): boolean {
  if (ADDRESS_LITERAL.test(domain)) return true;
  return domain.split('.').every((label) => label.length <= LONGEST_LABEL && LABEL.test(label));
}

/** The domain in lower case, which RFC 5321 §2.4 makes no difference to; the local part is its host's own business. */
export function canonicalEmail(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
