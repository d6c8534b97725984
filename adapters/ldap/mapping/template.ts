/**
 * A text made of attributes, for what an object class demands and SCIM may lack: `{displayName|name.formatted|userName}`, or
 * `{account(userName)}`, what of it can be the name of an account in Active Directory.
 */
import { type Leaves, leafKey, parseLeafPath } from './leaves.ts';

const HOLE = /\{([^{}]*)\}/g;
const ACCOUNT = /^(?:account\((.*)\)|(.*))$/;

/** sAMAccountName of a user, MS-ADTS §3.1.1.6: no more than this, and none of these. */
const ACCOUNT_NAME_LENGTH = 20;
const NOT_IN_ACCOUNT_NAME = /["/\\[\]:;|=,+*?<>@\p{Cc}]/gu;

export interface Template {
  fill(leaves: Leaves): string;
  /** The first attribute that it is made of; undefined where it is always the same. */
  readonly source: readonly string[] | undefined;
}

interface Source {
  readonly path: readonly string[];
  readonly isAccount: boolean;
}

/** Each hole takes the first of its paths that has a text; what comes out empty is `-`, since LDAP knows no empty text. */
export function parseTemplate(text: string): Template {
  const sourcesOf = (paths: string) => paths.split('|').map(parseSource);
  const [hole] = text.matchAll(HOLE);
  return {
    fill: (leaves) => text.replace(HOLE, (_, paths: string) => firstText(leaves, sourcesOf(paths))).trim() || '-',
    source: hole && sourcesOf(hole[1] ?? '')[0]?.path,
  };
}

function parseSource(text: string): Source {
  const [, account, plain = ''] = ACCOUNT.exec(text.trim()) ?? [];
  return { path: parseLeafPath(account ?? plain), isAccount: account !== undefined };
}

function firstText(leaves: Leaves, sources: readonly Source[]): string {
  for (const { path, isAccount } of sources) {
    const value = leaves.get(leafKey(path))?.value;
    if (typeof value !== 'string') continue;
    const text = isAccount ? accountName(value) : value;
    if (text !== '') return text;
  }
  return '';
}

/** Of an address, what is before the @. */
function accountName(text: string): string {
  const [local = ''] = text.split('@');
  return Array.from(local.replace(NOT_IN_ACCOUNT_NAME, '_'))
    .slice(0, ACCOUNT_NAME_LENGTH)
    .join('')
    .replace(/\.+$/, '')
    .trim();
}
