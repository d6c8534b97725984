import type { Arena } from './arena.ts';
import type { Contest } from './contest.ts';
import type { HttpRequest } from './http-request.ts';
import type { Options } from './options.ts';
import type { Answer } from './subject.ts';

export interface Duel {
  readonly name: string;
  readonly requests: readonly HttpRequest[];
  /** What the product answered to one of them. */
  readonly answer: Answer;
  readonly atLeast: { readonly [adapter in Options['adapter']]?: number };
  readonly confirm?: Contest['confirm'];
}

/** The product against the yardstick of its backend. */
export async function openDuel(arena: Arena, { name, requests, answer, atLeast, confirm }: Duel): Promise<Contest> {
  const yardstick = await arena.startYardstick(answer, requests);
  const least = atLeast[arena.options.adapter];
  return {
    name,
    people: arena.subject.people,
    contestants: [yardstick, arena.contend(name, requests)],
    ...(arena.directory === undefined && { yardstick: yardstick.name }),
    comparisons: [{ subject: name, against: yardstick.name, ...(least !== undefined && { atLeast: least }) }],
    ...(confirm !== undefined && { confirm }),
  };
}
