import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import type { Pools } from '#test/graphql/operations/generate-value.ts';
import { type GraphqlJudge, openGraphqlJudge } from './judge.ts';
import { type Bodies, mutatedBodies, validBodies } from './requests.ts';

export interface GraphqlCampaign {
  readonly url: string;
  readonly token: string;
  readonly schema: GraphQLSchema;
  readonly pools: Pools;
  readonly seed: number;
  /** So many valid ones, and so many that are mutated. */
  readonly cases: number;
}

export interface GraphqlFinding {
  readonly kind: 'valid' | 'mutated';
  readonly cases: number;
  /** Of the answers, how many had data. */
  readonly answered: number;
  /** Of all times in milliseconds, the one that a hundredth is above. */
  readonly p99: number;
  /** How the smallest case that was found fails, with what leads there; absent where none was. */
  readonly failure?: string;
}

export async function runGraphql(kind: GraphqlFinding['kind'], campaign: GraphqlCampaign): Promise<GraphqlFinding> {
  const { url, token, schema, pools } = campaign;
  const judge = openGraphqlJudge(url, token);
  const bodies = kind === 'valid' ? validBodies(schema, pools) : mutatedBodies(schema, pools);
  const found = await judgeAll(judge, bodies, campaign);
  const sorted = judge.times.toSorted((one, other) => one - other);
  return { kind, ...found, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}

async function judgeAll(judge: GraphqlJudge, bodies: Bodies, { seed, cases }: GraphqlCampaign) {
  let answered = 0;
  const property = fc.asyncProperty(bodies, async (body) => {
    if (await judge.judge(body)) answered += 1;
  });
  const result = await fc.check(property, { seed, numRuns: cases });
  const failure = await fc.asyncDefaultReportMessage(result);
  return {
    cases: result.numRuns,
    answered,
    ...(failure !== undefined && { failure: `${failure}\n${String(result.errorInstance)}` }),
  };
}
