import { switchesOf } from '#config/profiles.ts';
import type { Leniency } from '#core/leniency.ts';
import type { MessageTolerance } from '#core/patch/parse.ts';

/** What the default profile tolerates in bodies. */
export const LENIENT: Leniency = switchesOf('default');

/** What it tolerates of a PatchOp message. */
export const LENIENT_MESSAGE: MessageTolerance = switchesOf('default');
