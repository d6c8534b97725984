/** A filter that every value matches that SCIM takes for a match: a server folds by rules of its own, and core checks again. */
import { type Filter, SubstringFilter } from 'ldapts';
import type { Place } from '../mapping/homes.ts';
import { EVERYTHING, equals, has } from './terms.ts';

/** How a text is sought: as a whole, at the start, at the end, anywhere. */
export type Search = 'eq' | 'sw' | 'ew' | 'co';

/** What every server compares as SCIM does, or more generously: printable ASCII but the space, or what is left of it by a syntax. */
const PLAIN = { piece: /[!-~]+/g, whole: /^[!-~]+(?: [!-~]+)*$/ };
const PRINTABLE = { piece: /[A-Za-z0-9'()+,./:?]+/g, whole: /^[A-Za-z0-9'()+,./:?]+$/ };

/**
 * Runs of plain ASCII are sought, and what is between them is left open. The character before one that is not ASCII is left open too:
 * a server may compose the two. `literal` is folded.
 */
export function textPattern({ attribute, conversion }: Place, search: Search, literal: string): Filter {
  if (literal === '') return EVERYTHING;
  const { piece, whole } = conversion === 'printable' ? PRINTABLE : PLAIN;
  if (search === 'eq' && whole.test(literal)) return equals(attribute, literal);
  const pieces = piecesOf(literal, piece);
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return has(attribute);
  const initial = (search === 'eq' || search === 'sw') && first.start === 0;
  const final =
    (search === 'eq' || search === 'ew') && last.end === literal.length && !(initial && pieces.length === 1);
  const between = pieces.slice(initial ? 1 : 0, final ? -1 : undefined).map(({ text }) => text);
  return new SubstringFilter({
    attribute,
    ...(initial && { initial: first.text }),
    any: between,
    ...(final && { final: last.text }),
  });
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function piecesOf(literal: string, piece: RegExp): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: run, index } of literal.matchAll(piece)) {
    const next = literal.charCodeAt(index + run.length);
    const text = next > 0x7f || next < 0x20 ? run.slice(0, -1) : run;
    if (text !== '') pieces.push({ text, start: index, end: index + text.length });
  }
  return pieces;
}
