import { DirectoryError } from '#model/errors.ts';
import type { ResourceOperation, ResourceType } from './schema/attribute.ts';

/** Whether clients may do this with resources of the type, as its document says. */
export function isOffered({ operations }: ResourceType, operation: ResourceOperation): boolean {
  return operations === undefined || operations.includes(operation);
}

/** @throws {DirectoryError} READ_ONLY that says what is offered */
export function checkOffered(type: ResourceType, operation: ResourceOperation): void {
  if (isOffered(type, operation)) return;
  const { name, operations = [] } = type;
  throw new DirectoryError('READ_ONLY', `${name} does not offer ${operation}, only ${operations.join(', ')}`);
}
