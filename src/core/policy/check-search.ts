import type { Filter, Sort } from '#model/filter.ts';
import type { EdgeName } from '#model/resource.ts';
import { hiddenRefusal, placeToText } from './refusal.ts';
import type { AttributePlace, Visibility } from './visibility.ts';

/**
 * What may be asked of a type under a policy: nothing that names a hidden attribute, since who may ask whether a value fits can
 * find it out.
 * @throws {DirectoryError} FORBIDDEN that names the attribute
 */
export function checkSearch(
  visibility: Visibility,
  type: string,
  { filter, sort }: { readonly filter?: Filter; readonly sort?: Sort },
): void {
  if (filter !== undefined) checkFilter(visibility, type, filter);
  if (sort !== undefined && visibility.hides(type, sort.by)) {
    throw hiddenRefusal(visibility, placeToText(sort.by), 'sorted by');
  }
}

function checkFilter(visibility: Visibility, type: string, filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const operand of filter.operands) checkFilter(visibility, type, operand);
      return;
    case 'not':
      checkFilter(visibility, type, filter.operand);
      return;
    case 'linked':
      checkEdge(visibility, filter.edge);
      return;
    case 'element':
      checkPlace(visibility, filter.path, visibility.hides(type, { ...filter.path, sub: undefined }));
      checkFilter(visibility, type, filter.where);
      return;
    case 'present':
      // A value may be there by its hidden part alone.
      checkPlace(visibility, filter.path, visibility.hidesPartOf(type, filter.path));
      return;
    case 'compare':
    case 'in':
      checkPlace(visibility, filter.path, visibility.hides(type, filter.path));
  }
}

function checkPlace(visibility: Visibility, place: AttributePlace, isHidden: boolean): void {
  if (isHidden) throw hiddenRefusal(visibility, placeToText(place), 'filtered by');
}

/** Links tell the same from either end. @throws {DirectoryError} FORBIDDEN */
export function checkEdge(visibility: Visibility, edge: EdgeName): void {
  if (!visibility.hidesEdge(edge)) return;
  throw hiddenRefusal(visibility, edge === 'manager' ? 'manager' : 'membership (groups, members)', 'asked for');
}
