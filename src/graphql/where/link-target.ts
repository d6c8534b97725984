import type { FieldLink } from '../expand/loaded-field.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';

/** What a link leads to, as `where` asks about it. */
export interface LinkTarget {
  /** Begins the names of its inputs: `GroupWhere`, `GroupLinkFilter`. */
  readonly name: string;
  readonly types: readonly TypeFields[];
  /** Whether conditions are given for each type, by the name of its field of Query, since there may be several. */
  readonly perType: boolean;
}

/** @throws {Error} where no type has members, which is a bug */
export function targetOf({ membership }: FieldMap, type: TypeFields, { leadsTo }: FieldLink): LinkTarget {
  if (leadsTo === 'same type') return { name: type.name, types: [type], perType: false };
  if (membership === undefined) throw new Error(`${type.name} has a link of membership although nothing has members`);
  const { container, members } = membership;
  if (leadsTo === 'container') return { name: container.name, types: [container], perType: false };
  return { name: 'Member', types: members, perType: true };
}
