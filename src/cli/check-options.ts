import { openAdapter } from '#adapters/registry.ts';

/** Takes the options as a start would: opening connects to nothing yet. @throws {DirectoryError} UNSUPPORTED, INVALID_VALUE */
export async function checkOptions(adapter: string, options: object): Promise<void> {
  const opened = await openAdapter(adapter, options, () => []);
  await opened.close();
}
