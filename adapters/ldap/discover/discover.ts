import type { AdapterModule, Proposal } from '#adapters/adapter.ts';
import { openPool } from '../connection/open-pool.ts';
import { parseConnection } from '../options/options.ts';
import { readUniqueOverlay } from '../server/unique-overlay.ts';
import { explained } from './explain.ts';
import { propose } from './propose.ts';
import { readSurvey } from './survey.ts';

type Discover = NonNullable<AdapterModule<unknown>['discover']>;

/** Reads the root DSE, the schema and a sample, and changes nothing. As the contract has it. */
export const discoverLdap: Discover = async (connection, within, call): Promise<Proposal> => {
  const settings = parseConnection(connection);
  const pool = openPool(settings);
  const limits = { ...call, consistency: 'primary' } as const;
  try {
    const survey = await readSurvey(pool, limits, within);
    const overlay = await readUniqueOverlay(pool, limits, survey.rootDse, survey.base);
    return propose(survey, overlay, settings.bind !== undefined);
  } catch (error) {
    throw explained(error);
  } finally {
    await pool.close();
  }
};
