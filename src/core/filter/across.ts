import type { Filter } from '#model/filter.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { checkKnown } from './bind.ts';
import { narrowFilter } from './narrow.ts';
import { type ResolveOptions, resolveFilter } from './resolve.ts';
import type { FilterSyntax } from './syntax.ts';

/** A type that a search over several has to ask, and what to ask of it; no filter where all of its resources match. */
export interface Asked {
  readonly type: ResourceType;
  readonly filter?: Filter;
}

/**
 * Binds a filter to several types, RFC 7644 §3.4.2.1: an attribute that one of them lacks has no value there. Types of which
 * no resource can match are left out; the others keep their order.
 * @throws {DirectoryError} INVALID_FILTER for an attribute that no type has, unless the options take that for absent as well, and as
 *   `resolveFilter`
 */
export function resolveAcross(
  types: readonly ResourceType[],
  syntax: FilterSyntax,
  options: ResolveOptions = {},
): readonly Asked[] {
  if (options.unknownAttributes !== 'absent') checkPaths(types, syntax);
  return types.flatMap((type): Asked[] => {
    const filter = narrowFilter(type, resolveFilter(type, syntax, { ...options, unknownAttributes: 'absent' }));
    if (typeof filter === 'boolean') return filter ? [{ type }] : [];
    return [{ type, filter }];
  });
}

/** What stands within brackets is checked where the type has the attribute before them. */
function checkPaths(types: readonly ResourceType[], syntax: FilterSyntax): void {
  switch (syntax.kind) {
    case 'and':
    case 'or':
      for (const operand of syntax.operands) checkPaths(types, operand);
      return;
    case 'not':
      checkPaths(types, syntax.operand);
      return;
    case 'element':
    case 'present':
    case 'compare':
      checkKnown(types, syntax.path);
  }
}
