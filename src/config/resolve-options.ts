import { DirectoryError, type Fault } from '#model/errors.ts';
import { type Environment, resolveSecrets } from './secret.ts';

/**
 * A backend's options that no file holds, with `{ env }` and `{ file }` replaced by what they lead to, from the working directory on.
 * @throws {DirectoryError} INVALID_VALUE where a reference leads nowhere
 */
export async function resolveOptions(
  options: Readonly<Record<string, unknown>>,
  env: Environment = process.env,
): Promise<object> {
  const faults: Fault[] = [];
  const { options: resolved } = await resolveSecrets(options, [], { env, folder: process.cwd(), faults });
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'a secret cannot be read', { faults });
  return resolved;
}
