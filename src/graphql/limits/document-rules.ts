import type { ValidationRule } from 'graphql';
import { aliasLimit } from './aliases.ts';
import { depthLimit } from './depth.ts';
import { directiveLimit, directivesPerFieldLimit } from './directives.ts';
import { inputDepthLimit } from './input-depth.ts';
import { noMutations } from './no-mutations.ts';
import type { QueryLimits } from './query-limits.ts';
import { rootFieldLimit } from './root-fields.ts';

/** What a document may be, beside what GraphQL itself says of it. */
export function documentRules({
  depth,
  aliases,
  rootFields,
  directives,
  directivesPerField,
  inputDepth,
}: QueryLimits): ValidationRule[] {
  return [
    noMutations,
    depthLimit(depth),
    aliasLimit(aliases),
    rootFieldLimit(rootFields),
    directiveLimit(directives),
    directivesPerFieldLimit(directivesPerField),
    inputDepthLimit(inputDepth),
  ];
}
