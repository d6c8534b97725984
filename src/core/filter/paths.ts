import type { AttributePath, Filter } from '#model/filter.ts';

/** Every path that a filter reads, within elements as well; questions of links read none. */
export function pathsOf(filter: Filter): readonly AttributePath[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(pathsOf);
    case 'not':
      return pathsOf(filter.operand);
    case 'present':
    case 'compare':
    case 'in':
      return [filter.path];
    case 'element':
      return [filter.path, ...pathsOf(filter.where)];
    case 'linked':
      return [];
  }
}
