import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { conformanceReporter } from './test/rfc/conformance-reporter.ts';
import { countingReporter } from './test/support/reporter.ts';

const countsFile = process.env['PORTICO_TEST_COUNTS'];
const writesConformance = process.env['PORTICO_CONFORMANCE'] === 'write';

export default defineConfig({
  // Node loads graphql as CommonJS; Vite would prefer its ES build, and two copies do not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Several files start servers or child processes, and the machines that run them have two cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest would leave one core idle; much of the time is spent waiting for servers.
    maxWorkers: 2,
    reporters: [
      'default',
      conformanceReporter(writesConformance),
      ...(countsFile ? [countingReporter(countsFile)] : []),
    ],
  },
});
