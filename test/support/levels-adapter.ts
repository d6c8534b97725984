import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { hooked } from './hooked-adapter.ts';
import { lesser } from './lesser-adapter.ts';

/** The same adapter as one that answers direct links alone, and refuses to be asked for more. */
export function levels(adapter: DirectoryAdapter): DirectoryAdapter {
  const direct = hooked(adapter, (method, args) => {
    const options = args.at(-1) as { readonly depth?: number; readonly transitive?: boolean };
    const asksFurther =
      (method === 'linked' && (options.depth ?? 1) > 1) || (method === 'areLinked' && options.transitive === true);
    if (asksFurther) throw new DirectoryError('UNSUPPORTED', `${method} beyond the first level`);
  });
  return lesser(direct, { nesting: 'levels' });
}
