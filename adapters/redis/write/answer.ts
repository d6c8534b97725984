import type { Written } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import { edgeToRef } from '../links/edge.ts';
import { recordToResource } from '../record.ts';
import { decodeText, encodeText } from '../text.ts';
import type { WriteOfId } from './encode.ts';

/** What WRITE_SCRIPT's reply says. */
export function readAnswer({ type, id }: WriteOfId, reply: unknown): Written | DirectoryError {
  const [outcome, ...rest] = reply as unknown[];
  if (outcome === 'error') return refusal(type, id, rest as string[]);
  const [changed, version, attributes, manager, created, modified, added, removed, touched] = rest;
  const resource = version
    ? recordToResource(id, [encodeText(type), version, attributes, manager, created, modified])
    : null;
  const members = added === 'many' ? 'many' : added ? { added: refsOf(added), removed: refsOf(removed) } : undefined;
  const others = touched === 'many' ? 'many' : refsOf(touched);
  return {
    resource,
    changed: changed === 1,
    ...(members && { members }),
    ...(others.length > 0 && { touched: others }),
  };
}

function refsOf(edges: unknown) {
  return Array.isArray(edges) ? edges.map(edgeToRef) : [];
}

function refusal(type: string, id: ResourceId, [code, ...details]: readonly string[]): DirectoryError {
  const ids = details.map((each) => decodeText(each) as ResourceId);
  switch (code) {
    case 'ID':
      return refuse('UNIQUENESS', 'id is taken by another resource', [id], 'id', 'an id that no resource has or had');
    case 'KEY': {
      const [attribute = '', holder = ''] = ids;
      const detail = `${attribute} is taken by another resource`;
      return refuse('UNIQUENESS', detail, [holder], attribute, 'a value that no other resource has');
    }
    case 'GONE':
      return new DirectoryError('NOT_FOUND', `no ${type} has this id`, { ids: [id] });
    case 'VERSION':
      return new DirectoryError(
        'VERSION_MISMATCH',
        'the resource has changed since it was read; read it again and repeat the change',
        { ids: [id] },
      );
    case 'MANAGER':
      return refuse(
        'INVALID_VALUE',
        'manager must name resources that exist',
        ids,
        'manager',
        'the id of a user that exists',
      );
    case 'MEMBERS':
      return refuse(
        'INVALID_VALUE',
        'members must name resources that exist',
        ids,
        'members',
        'ids of users or groups that exist',
      );
    case 'CYCLE':
      return refuse(
        'CYCLE',
        'a group cannot contain itself, directly or through other groups',
        ids,
        'members',
        'groups that do not contain this group',
      );
    default:
      throw new TypeError(`the script of writes answered ${code}`);
  }
}

function refuse(
  code: 'UNIQUENESS' | 'INVALID_VALUE' | 'CYCLE',
  detail: string,
  ids: readonly string[],
  path: string,
  expected: string,
) {
  return new DirectoryError(code, detail, { ids, faults: [{ path, expected }] });
}
