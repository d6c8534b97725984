import type { ResourceType } from '../schema/attribute.ts';
import { type ParseOptions, parseFilter } from './parse.ts';
import type { ResolveOptions } from './resolve.ts';
import { checkNotSensitive } from './sensitive.ts';
import type { FilterSyntax } from './syntax.ts';

/** How a filter's text is read, and what it means where it names what is not there. */
export interface FilterOptions extends ParseOptions, ResolveOptions {
  /** Attributes that the filter must not name, as paths: `emails`, `name.familyName`, `urn:...:User:employeeNumber`. */
  readonly sensitive?: readonly string[];
}

/** A filter's text, asked of one type or of several and not yet bound to any. @throws {DirectoryError} INVALID_FILTER, TOO_MANY, SENSITIVE */
export function readFilter(types: readonly ResourceType[], text: string, options: FilterOptions = {}): FilterSyntax {
  const syntax = parseFilter(text, options);
  if (options.sensitive !== undefined) checkNotSensitive(types, syntax, options.sensitive);
  return syntax;
}
