import { directReports } from './fields/direct-reports.ts';
import { extension } from './fields/extension.ts';
import { hasMember } from './fields/has-member.ts';
import { isMemberOf } from './fields/is-member-of.ts';
import { manager } from './fields/manager.ts';
import { managerChain } from './fields/manager-chain.ts';
import { memberCount } from './fields/member-count.ts';
import { memberOf } from './fields/member-of.ts';
import { members } from './fields/members.ts';
import { reports } from './fields/reports.ts';
import type { LoadedField } from './loaded-field.ts';

/** Every field that `expand` loads, in the order of the SDL. A new one is a file and a line. */
export const LOADED_FIELDS: readonly LoadedField[] = [
  members,
  memberCount,
  hasMember,
  memberOf,
  isMemberOf,
  manager,
  managerChain,
  directReports,
  reports,
  extension,
];
