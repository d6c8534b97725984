import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule } from 'vitest/node';
import { conformancePage, unmet } from './conformance-page.ts';
import { REQUIREMENTS } from './requirements.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The row of requirements.json that a test stands for. */
    row?: string;
  }
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PAGE = new URL('../../docs/conformance.md', import.meta.url);

/**
 * After a run of every file of this folder: writes docs/conformance.md, or fails the run where the page is another, or where a row
 * has neither a test that passed nor a reason.
 */
export function conformanceReporter(write: boolean): Reporter {
  let narrowed = false;
  return {
    onInit(vitest) {
      narrowed = vitest.config.testNamePattern !== undefined;
    },
    onTestRunEnd(modules, _errors, reason) {
      const own = modules.filter(({ moduleId }) => moduleId.startsWith(HERE));
      if (narrowed || reason === 'interrupted' || !isWhole(own)) return;
      for (const fault of faultsOf(passedRows(own), write)) {
        process.stderr.write(`conformance: ${fault}\n`);
        process.exitCode = 1;
      }
    },
  };
}

function isWhole(modules: readonly TestModule[]): boolean {
  const ran = new Set(modules.map(({ moduleId }) => basename(moduleId)));
  return readdirSync(HERE).every((name) => !name.endsWith('.test.ts') || ran.has(name));
}

function passedRows(modules: readonly TestModule[]): ReadonlySet<string> {
  const passed = modules.flatMap((module) => [...module.children.allTests('passed')]);
  return new Set(passed.flatMap((test) => test.meta().row ?? []));
}

function faultsOf(passed: ReadonlySet<string>, write: boolean): readonly string[] {
  const missing = unmet(REQUIREMENTS, passed);
  if (missing.length > 0) return [`neither a test that passes nor a reason: ${missing.join(', ')}`];
  const page = conformancePage(REQUIREMENTS, passed);
  if (write) writeFileSync(PAGE, page);
  else if ((existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '') !== page)
    return ['docs/conformance.md is not what this run gives; npm run conformance writes it'];
  return [];
}
