import { loadAdapter } from '#adapters/registry.ts';

/** Takes the options as a start would, without opening anything. @throws {DirectoryError} UNSUPPORTED, INVALID_VALUE */
export async function checkOptions(adapter: string, options: object): Promise<void> {
  const { options: expected } = await loadAdapter(adapter);
  expected.parse(options);
}
