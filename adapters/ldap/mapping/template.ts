/** A text made of attributes, for what an object class demands and SCIM may lack: `{displayName|name.formatted|userName}`. */
import { type Leaves, leafKey, parseLeafPath } from './leaves.ts';

const HOLE = /\{([^{}]*)\}/g;

export type Template = (leaves: Leaves) => string;

/** Each hole takes the first of its paths that has a text; what comes out empty is `-`, since LDAP knows no empty text. */
export function parseTemplate(text: string): Template {
  return (leaves) => text.replace(HOLE, (_, paths: string) => firstText(leaves, paths.split('|'))).trim() || '-';
}

function firstText(leaves: Leaves, paths: readonly string[]): string {
  for (const path of paths) {
    const value = leaves.get(leafKey(parseLeafPath(path.trim())))?.value;
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
