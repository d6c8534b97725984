import { directReports } from './fields/direct-reports.ts';
import { manager } from './fields/manager.ts';
import { memberOf } from './fields/member-of.ts';
import { members } from './fields/members.ts';
import type { LoadedField } from './loaded-field.ts';

/** Every field that `expand` loads, in the order of the SDL. A new one is a file and a line. */
export const LOADED_FIELDS: readonly LoadedField[] = [members, memberOf, manager, directReports];
