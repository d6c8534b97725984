import type { Guard } from '#core/schema-change/tenant-schemas.ts';
import { DirectoryError } from '#model/errors.ts';
import type { AdminRequest } from './route.ts';

/** What `If-Match` and `If-None-Match` ask of the document that is there (RFC 9110 §13.1); strong and weak tags are the same. */
export function openGuard({ header }: Pick<AdminRequest, 'header'>): Guard {
  const match = header('if-match');
  const noneMatch = header('if-none-match');
  return (current) => {
    if (match !== undefined && !fits(match, current?.version)) throw moved(current?.version);
    if (noneMatch !== undefined && fits(noneMatch, current?.version)) throw moved(current?.version);
  };
}

function fits(tags: string, version: string | undefined): boolean {
  if (version === undefined) return false;
  return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${version}"`);
}

function moved(version: string | undefined): DirectoryError {
  const now = version === undefined ? 'there is none' : `its tag is "${version}"`;
  return new DirectoryError('VERSION_MISMATCH', `the document is not as the condition has it: ${now}; read it again`);
}
