import type { ResolvedPath, ResourceType } from '../schema/attribute.ts';
import { resolvePath, toAttributePath } from '../schema/resolve-path.ts';
import { refusal } from './refusal.ts';
import type { FilterSyntax, PathSyntax } from './syntax.ts';

/**
 * Refuses a filter that names a sensitive attribute, or a part of one, in any of the types (RFC 7644 §7.5.2). `emails` covers
 * `emails.value` and `emails[...]`; `emails.value` covers `emails`, which means it in a filter; an extension's URN covers all of it.
 * @throws {DirectoryError} SENSITIVE
 */
export function checkNotSensitive(
  types: readonly ResourceType[],
  syntax: FilterSyntax,
  sensitive: readonly string[],
): void {
  for (const type of types) {
    const guarded = sensitive.flatMap((text) => resolvePath(type, text) ?? []);
    if (guarded.length > 0) checkPaths(type, syntax, guarded, '');
  }
}

/** `within` stands before the paths in brackets: `emails.` within `emails[...]`. */
function checkPaths(type: ResourceType, syntax: FilterSyntax, guarded: readonly ResolvedPath[], within: string): void {
  switch (syntax.kind) {
    case 'and':
    case 'or':
      for (const operand of syntax.operands) checkPaths(type, operand, guarded, within);
      return;
    case 'not':
      checkPaths(type, syntax.operand, guarded, within);
      return;
    case 'element':
      // Before brackets the attribute stands for itself, and not for its `value`.
      checkPath(
        type,
        syntax.path,
        guarded.filter(({ sub }) => sub === undefined),
        within,
      );
      checkPaths(type, syntax.where, guarded, `${syntax.path.text}.`);
      return;
    case 'present':
    case 'compare':
      checkPath(type, syntax.path, guarded, within);
  }
}

function checkPath(type: ResourceType, path: PathSyntax, guarded: readonly ResolvedPath[], within: string): void {
  const named = resolvePath(type, within + path.text);
  if (named === undefined || !guarded.some((each) => covers(each, named))) return;
  throw refusal(
    'it is sensitive here, and a URL is kept in logs on the way; send the same filter in the body of POST .search',
    { ...path, text: within + path.text },
    'SENSITIVE',
  );
}

function covers(guarded: ResolvedPath, named: ResolvedPath): boolean {
  const { attribute } = named;
  if (guarded.schema !== named.schema) return false;
  if (guarded.attribute === undefined || attribute === undefined) return true;
  if (guarded.attribute.name !== attribute.name) return false;
  return guarded.sub === undefined || guarded.sub.name === toAttributePath({ ...named, attribute }).sub;
}
