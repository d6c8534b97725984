import { describe, expect, test } from 'vitest';
import type { Capabilities, DirectoryAdapter } from '#adapters/adapter.ts';
import type { Chapter, DefineTest } from './chapter.ts';
import { abilities } from './chapters/abilities.ts';
import { collation } from './chapters/collation.ts';
import { deletion } from './chapters/deletion.ts';
import { failure } from './chapters/failure.ts';
import { feed } from './chapters/feed.ts';
import { filters } from './chapters/filters.ts';
import { guards } from './chapters/guards.ts';
import { hostileText } from './chapters/hostile-text.ts';
import { keys } from './chapters/keys.ts';
import { links } from './chapters/links.ts';
import { membership } from './chapters/membership.ts';
import { nesting } from './chapters/nesting.ts';
import { pages } from './chapters/pages.ts';
import { races } from './chapters/races.ts';
import { readOnly } from './chapters/read-only.ts';
import { reads } from './chapters/reads.ts';
import { retention } from './chapters/retention.ts';
import { secrets } from './chapters/secrets.ts';
import { sorting } from './chapters/sorting.ts';
import { tenancy } from './chapters/tenancy.ts';
import { uniqueness } from './chapters/uniqueness.ts';
import { writes } from './chapters/writes.ts';
import { Subject, TENANT } from './subject.ts';

/** Where a backend cannot do what the contract asks: the test's title, and why. Printed, and the test is skipped. */
export interface Deviation {
  readonly test: string;
  readonly reason: string;
}

const CHAPTERS: readonly Chapter[] = [
  reads,
  keys,
  pages,
  filters,
  sorting,
  links,
  nesting,
  writes,
  membership,
  guards,
  uniqueness,
  races,
  deletion,
  retention,
  secrets,
  feed,
  tenancy,
  collation,
  hostileText,
  failure,
  abilities,
];

/**
 * The adapter contract in executable form: call it from a test file, `await adapterContract('mine', open)`. `open` answers an empty
 * backend whenever it is called, opened with `contractShape`; each test opens one and closes it. A backend that is not writable is
 * asked only to refuse writes.
 */
export async function adapterContract(
  name: string,
  open: () => Promise<DirectoryAdapter>,
  { deviations = [] }: { readonly deviations?: readonly Deviation[] } = {},
): Promise<void> {
  const capabilities = await readCapabilities(open);
  const titles = new Set<string>();
  describe(name, () => {
    for (const { title, define } of capabilities.writable ? CHAPTERS : [readOnly, abilities]) {
      describe(title, () => define(testIn(open, deviations, titles), capabilities));
    }
    test('every deviation names a test of this contract', () => {
      expect(deviations.filter((deviation) => !titles.has(deviation.test))).toEqual([]);
    });
  });
}

function testIn(
  open: () => Promise<DirectoryAdapter>,
  deviations: readonly Deviation[],
  titles: Set<string>,
): DefineTest {
  return (title, run) => {
    titles.add(title);
    const deviation = deviations.find(({ test: named }) => named === title);
    test(title, async (context) => {
      if (deviation !== undefined) {
        process.stderr.write(`deviation: "${title}": ${deviation.reason}\n`);
        context.skip(deviation.reason);
      }
      const adapter = await open();
      try {
        await run(new Subject(adapter));
      } finally {
        await adapter.close();
      }
    });
  };
}

async function readCapabilities(open: () => Promise<DirectoryAdapter>): Promise<Capabilities> {
  const adapter = await open();
  try {
    return adapter.capabilities(TENANT, 'User');
  } finally {
    await adapter.close();
  }
}
