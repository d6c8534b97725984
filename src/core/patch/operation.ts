import type { Json } from '#model/resource.ts';
import type { PatchPathSyntax } from '../filter/syntax.ts';

/** One operation of RFC 7644 §3.5.2, its `op` in lower case and its path parsed. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: PatchPathSyntax;
  readonly value?: Json;
}
