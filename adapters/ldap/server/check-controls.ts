import type { Inspection } from '#adapters/adapter.ts';
import { ASSERTION, MATCHED_VALUES, POST_READ } from '../connection/controls.ts';
import { fault, NOTHING_FOUND, notice, together } from './findings.ts';
import type { RootDse } from './root-dse.ts';

/** Sent as critical: a server without them refuses the operation. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  [ASSERTION, 'the assertion control (RFC 4528), without which a write could hit an entry that others have changed'],
  [POST_READ, 'the post-read control (RFC 4527), which brings back what a write has left'],
  [MATCHED_VALUES, 'the matched-values control (RFC 3876), which asks a large group about single members'],
]);

/** `asserts`: the dialect sends them. */
export function checkControls(rootDse: RootDse | undefined, asserts = true): Inspection {
  if (!asserts) return NOTHING_FOUND;
  if (rootDse === undefined || rootDse.controls.size === 0) {
    const remedy = 'grant the account read on dn.base="" so that the server can be asked what it is able to do';
    return notice('bindDn', 'an account that may read supportedControl of the root DSE', { remedy });
  }
  const missing = [...NEEDED].filter(([oid]) => !rootDse.controls.has(oid));
  return together(
    missing.map(([oid, what]) =>
      fault('url', `a server that offers ${what}`, {
        got: `none with ${oid} among supportedControl`,
        remedy: 'configure the server itself and no proxy before it, or one that has it, such as OpenLDAP 2.5',
      }),
    ),
  );
}
