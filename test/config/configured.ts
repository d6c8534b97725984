import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Config } from '#config/config.ts';
import { type ConfigSource, loadConfig } from '#config/load-config.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';

export const HASH = 'a'.repeat(64);
/** The rest of a file whose point is elsewhere: one token, so that the file opens something. */
export const TOKEN = `auth: { tokens: [{ name: idp, tenant: default, scopes: [scim:read], sha256: ${HASH} }] }`;

/** A folder for one test, with these files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'portico-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** What a file with this text comes to; `files` stand beside it. */
export function load(
  yaml: string,
  source: ConfigSource = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Config> {
  return loadConfig({ env: {}, ...source, file: join(folderWith({ ...files, 'portico.yaml': yaml }), 'portico.yaml') });
}

/** Every fault of a configuration that is refused. */
export async function faultsOf(loading: Promise<Config>): Promise<readonly Fault[]> {
  const error: unknown = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DirectoryError)) throw new Error('expected faults, got none', { cause: error });
  return error.faults;
}
