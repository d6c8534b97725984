import type { Json } from '#model/resource.ts';

/** The answer with null at each of the paths, or at the nearest place above that may be null. */
export function withNulls(answer: Json, paths: readonly (readonly (string | number)[])[]): Json {
  return paths.reduce<Json>(withNull, answer);
}

function withNull(answer: Json, [key, ...rest]: readonly (string | number)[]): Json {
  if (key === undefined || answer === null || typeof answer !== 'object') return null;
  if (Array.isArray(answer)) return answer.map((item: Json, index) => (index === key ? withNull(item, rest) : item));
  return { ...answer, [key]: withNull((answer as { readonly [key: string]: Json })[key] ?? null, rest) };
}
