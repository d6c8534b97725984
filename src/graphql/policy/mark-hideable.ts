import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Visibility } from '#core/policy/visibility.ts';
import type { LoadRequest } from '../expand/loaded-field.ts';
import type { Field, FieldMap } from '../fields/field.ts';
import { isHidden } from '../fields/hideable.ts';

/** Whether a caller is not to see the field, or a part of what it answers to its arguments. */
export type HiddenFrom = (visibility: Visibility, args: LoadRequest['args']) => boolean;

const EXTENSION = 'porticoHiddenFrom';

/** Writes to the fields of a schema from whom they are hidden, so that a document and its schema tell what was masked. */
export function markHideable(schema: GraphQLSchema, { types }: FieldMap): void {
  for (const type of types) {
    markFields(schema, type.name, type.fields);
    for (const { name, edge, masks } of type.loaded) {
      if (edge !== undefined) mark(schema, type.name, name, (visibility) => visibility.hidesEdge(edge));
      if (masks) mark(schema, type.name, name, (visibility, args) => masks(visibility, type.resourceType, args));
    }
  }
  for (const name of ['members', 'affected']) {
    mark(schema, 'ResourceChange', name, (visibility) => visibility.hidesEdge('members'));
  }
}

/** Undefined for a field that no policy of the tenant hides. */
export function hiddenFrom(field: { readonly extensions: object }): HiddenFrom | undefined {
  return (field.extensions as { readonly [EXTENSION]?: HiddenFrom })[EXTENSION];
}

function markFields(schema: GraphQLSchema, typeName: string, fields: readonly Field[]): void {
  for (const { name, hideable, canonical, type, fields: inner } of fields) {
    if (hideable !== undefined) {
      const hidden: HiddenFrom = (visibility) => isHidden(visibility, hideable);
      mark(schema, typeName, name, hidden);
      if (canonical !== undefined) mark(schema, typeName, canonical.name, hidden);
    }
    if (inner !== undefined) markFields(schema, type, inner);
  }
}

function mark(schema: GraphQLSchema, typeName: string, fieldName: string, hidden: HiddenFrom): void {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (field !== undefined) field.extensions = { ...field.extensions, [EXTENSION]: hidden };
}
