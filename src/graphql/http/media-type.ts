/** Media types of answers, by which the status differs (GraphQL over HTTP, "Status Codes"). */
export type MediaType = 'application/graphql-response+json' | 'application/json';

const GRAPHQL: MediaType = 'application/graphql-response+json';
const JSON_TYPE: MediaType = 'application/json';

/** Names of types and ranges that take one in, closest first. */
const RANGES: { readonly [type in MediaType]: readonly string[] } = {
  [GRAPHQL]: [GRAPHQL, 'application/*', '*/*'],
  [JSON_TYPE]: [JSON_TYPE, 'application/*', '*/*'],
};

/**
 * The type that an `Accept` header asks for: the one with the higher quality, else the one that is named rather than taken in by a
 * range, else GraphQL's own, as for a client without the header. Undefined where it admits neither.
 */
export function mediaTypeFor(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept === '' || accept === '*/*') return GRAPHQL;
  const qualities = qualitiesOf(accept);
  const [graphql, json] = [preferenceOf(GRAPHQL, qualities), preferenceOf(JSON_TYPE, qualities)];
  if (graphql.quality === 0 && json.quality === 0) return undefined;
  const difference = json.quality - graphql.quality || graphql.distance - json.distance;
  return difference > 0 ? JSON_TYPE : GRAPHQL;
}

/** By range in lower case; 1 where none is given (RFC 9110 §12.4.2). */
function qualitiesOf(accept: string): ReadonlyMap<string, number> {
  const entries = accept.split(',').map((entry) => {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return [range, quality >= 0 && quality <= 1 ? quality : 1] as const;
  });
  return new Map(entries);
}

function preferenceOf(type: MediaType, qualities: ReadonlyMap<string, number>) {
  const ranges = RANGES[type];
  const distance = ranges.findIndex((range) => qualities.has(range));
  const range = ranges[distance];
  return { distance, quality: range === undefined ? 0 : (qualities.get(range) ?? 0) };
}
