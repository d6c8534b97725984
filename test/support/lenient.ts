import { switchesOf } from '#config/profiles.ts';
import type { Leniency } from '#core/leniency.ts';

/** What the default profile tolerates in bodies. */
export const LENIENT: Leniency = switchesOf('default');
