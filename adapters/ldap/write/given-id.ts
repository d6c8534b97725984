import { randomUUID } from 'node:crypto';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Container } from '../tenant-view.ts';
import { isUnique } from './keys.ts';
import { undeclared } from './refusals.ts';

/** The id that a new entry gets; undefined where the directory assigns it. @throws UNSUPPORTED where one is given all the same, INVALID_VALUE */
export function givenId({ id: { given, accepts } }: Container, id: ResourceId | undefined): ResourceId | undefined {
  if (!given && id !== undefined) throw undeclared('assigns ids itself');
  if (!given) return undefined;
  if (id === undefined) return randomUUID() as string as ResourceId;
  if (accepts(id)) return id;
  const expected = 'up to 128 characters of printable ASCII without spaces';
  throw new DirectoryError('INVALID_VALUE', `an id must be ${expected}`, { faults: [{ path: 'id', expected }] });
}

/** Whether only a search can tell that nobody has the id yet: a random one is nobody's, and the server itself may keep them apart. */
export function mustAskForId(container: Container, given: ResourceId | undefined): given is ResourceId {
  return given !== undefined && !isUnique(container, container.id.attribute);
}
