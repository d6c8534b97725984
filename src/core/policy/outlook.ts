import { DirectoryError } from '#model/errors.ts';
import type { Principal } from '#model/principal.ts';
import type { Directory } from '../directory.ts';
import { masked } from './masked-adapter.ts';
import type { Visibility } from './visibility.ts';

/** A directory as one kind of credential has it: twice the same object where nothing is hidden. */
export interface Outlook {
  /** Whatever is read through it is masked. */
  readonly reads: Directory;
  /** Holds what is stored; plans check what may be written. */
  readonly writes: Directory;
}

/**
 * What each principal sees of a directory: one outlook for each of its policies, so that what is rendered for it can be kept.
 * @throws {DirectoryError} FORBIDDEN for a policy that the tenant has not: nothing is shown rather than everything
 */
export function openOutlooks(directory: Directory): (principal: Principal) => Outlook {
  const whole: Outlook = { reads: directory, writes: directory };
  const byPolicy = new Map(
    directory.visibilities.map((visibility) => [visibility.policy, openOutlook(directory, visibility)]),
  );
  return ({ policy }) => {
    const outlook = policy === undefined ? whole : byPolicy.get(policy);
    if (outlook !== undefined) return outlook;
    throw new DirectoryError('FORBIDDEN', `the tenant has no policy "${policy}", which this credential is bound to`);
  };
}

function openOutlook(directory: Directory, visibility: Visibility): Outlook {
  const writes = { ...directory, visibility };
  return { reads: { ...writes, adapter: masked(directory.adapter, directory.registry, visibility) }, writes };
}
