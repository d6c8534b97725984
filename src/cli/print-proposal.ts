import { Document, isMap, isPair, isScalar, type Node } from 'yaml';
import type { Proposal } from '#adapters/adapter.ts';
import type { Json } from '#model/resource.ts';

const BACKEND = 'directory';
const OPENING = [
  'Proposed by portico discover. To go on:',
  '  portico check --config portico.yaml --connect',
  '  npm start -- --config portico.yaml',
];
const FOR_ITSELF = 'What Portico has to remember for itself; memory forgets it when Portico ends.';
const SCOPES = ['scim:read', 'graphql:read'];
/** Of a token that nobody knows. */
const NOBODYS = '0'.repeat(64);
/** Whatever would end a line of a comment. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** A whole configuration as YAML, with what is to be known as comments. */
export function printProposal(
  { options, comments, remarks }: Proposal,
  adapter: string,
  connection: { readonly [name: string]: Json },
  tenant: string,
): string {
  const document = new Document({
    system: { backend: 'memory' },
    tenants: { [tenant]: { backend: BACKEND } },
    backends: { memory: { adapter: 'memory' }, [BACKEND]: { adapter, ...connection, ...options } },
    auth: { tokens: [{ name: 'replace-me', tenant, scopes: SCOPES, sha256: NOBODYS }] },
  });
  document.commentBefore = commentOf([...OPENING, '', ...remarks]);
  comment(document, ['system'], [FOR_ITSELF]);
  comment(
    document,
    ['auth'],
    [
      `No token opens this: put here what npx portico token new --tenant ${tenant} --scopes ${SCOPES.join(',')} prints.`,
    ],
  );
  for (const [path, lines] of Object.entries(comments))
    comment(document, ['backends', BACKEND, ...path.split('.')], lines);
  return document.toString({ lineWidth: 0 });
}

/** Above the key, where there is such a key. */
function comment(document: Document, path: readonly string[], lines: readonly string[]): void {
  const owner: unknown = document.getIn(path.slice(0, -1), true);
  if (!isMap(owner)) return;
  const pair = owner.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  if (isPair(pair)) (pair.key as Node).commentBefore = commentOf(lines);
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replace(BREAKS, ' ')}`.trimEnd()).join('\n');
}
