import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { conformanceReporter } from './test/rfc/conformance-reporter.ts';
import { countingReporter } from './test/support/reporter.ts';

const countsFile = process.env['PORTICO_TEST_COUNTS'];
const writesConformance = process.env['PORTICO_CONFORMANCE'] === 'write';

/** These import other test files, which a process must not have loaded before. */
const DEFINES_OTHERS = 'test/graphql/over-*.test.ts';

/** The dearest files begin, lest one of them runs on alone at the end. Vitest would begin with the longest text. */
class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const dear = (file: TestSpecification) => /test\/(adapters|bench|ldap)\/|\/over-/.test(file.moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(dear), ...sorted.filter((file) => !dear(file))];
  }
}

export default defineConfig({
  // Node loads graphql as CommonJS; Vite would prefer its ES build, and two copies do not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // Several files start servers or child processes, and the machines that run them have two cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest would leave one core idle; much of the time is spent waiting for servers.
    maxWorkers: 2,
    sequence: { sequencer: DearestFirst },
    reporters: [
      'default',
      conformanceReporter(writesConformance),
      ...(countsFile ? [countingReporter(countsFile)] : []),
    ],
    projects: [
      // What Node has compiled serves the next file too: a third of all processor time. So a file leaves nothing behind it.
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [DEFINES_OTHERS], isolate: false },
      },
      { extends: true, test: { name: 'own', include: [DEFINES_OTHERS] } },
    ],
  },
});
