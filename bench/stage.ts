import { join } from 'node:path';
import { type Directory, openDirectory } from './ldap/directory.ts';
import type { Options } from './options.ts';
import { type Subject, startSubject } from './subject.ts';

/** The product before so many people: what all cases of one size share. */
export interface Stage {
  readonly subject: Subject;
  /** Where they are in a directory. */
  readonly directory?: Directory;
  /** What every configuration of this stage says. */
  readonly keys: object;
  stop(): Promise<void>;
}

export async function openStage(people: number, options: Options, folder: string): Promise<Stage> {
  const { seed, serverCore: core, profile: inspect } = options;
  if (options.adapter === 'memory') {
    const subject = await startSubject({ people, seed, core, inspect });
    return { subject, keys: {}, stop: () => subject.stop() };
  }
  const directory = await openDirectory({ people, seed, core: options.clientCore });
  try {
    const keys = directoryKeys(directory.backend);
    const config = { file: join(folder, `ldap-${people}.yaml`), keys };
    const subject = await startSubject({ people, core, inspect, config });
    const stop = async () => {
      await subject.stop();
      await directory.stop();
    };
    return { subject, directory, keys, stop };
  } catch (error) {
    await directory.stop();
    throw error;
  }
}

/** Of a configuration whose only tenant lives in a directory. */
export function directoryKeys(backend: object): object {
  return {
    system: { backend: 'memory' },
    tenants: { default: { backend: 'directory' } },
    backends: { memory: { adapter: 'memory' }, directory: { adapter: 'ldap', ...backend } },
  };
}
