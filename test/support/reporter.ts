import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to, as `scripts/test.mjs` reads it. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Writes the counts of a run into a file, since the last line of `npm test` has a form of its own. */
export function countingReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      writeFileSync(file, JSON.stringify(countResults(modules, unhandledErrors.length)));
    },
  };
}

/** What fails outside a test, as an import, a hook or a stray rejection does, counts as a failed one each; so does a test without an end. */
function countResults(modules: readonly TestModule[], strayErrors: number): Counts {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => test.result().state);
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const outside = suites.reduce((sum, suite) => sum + suite.errors().length, strayErrors);
  const passed = states.filter((state) => state === 'passed').length;
  const skipped = states.filter((state) => state === 'skipped').length;
  return { passed, failed: tests.length - passed - skipped + outside, skipped };
}
