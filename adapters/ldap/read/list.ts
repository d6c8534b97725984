import type { Filter } from 'ldapts';
import type { SortEntry } from '#model/sort.ts';
import type { Search } from '../connection/operations.ts';
import { all } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import type { Order } from './order.ts';
import type { Reader } from './reader.ts';

/** A list: what is in it, and in which order. */
export interface List {
  /** The same for whoever asks for the same. */
  readonly name: string;
  readonly reader: Reader;
  readonly container: Container;
  readonly filter: Filter;
  readonly order: Order;
}

/** `count` entries behind the first `skip` of those behind `after`. */
export interface Part {
  readonly after?: SortEntry | undefined;
  readonly skip: number;
  readonly count: number;
}

export interface Selected {
  /** In order. */
  readonly entries: readonly SortEntry[];
  /** How many stand behind `after`, skipped ones among them. */
  readonly behind: number;
}

/** What is in the list from a place on. */
export function searchOf({ container, filter, order }: List, after: SortEntry | undefined): Search {
  const { base, classFilter } = container;
  const wanted = all(classFilter, filter, ...(after === undefined ? [] : [order.from(after)]));
  return { base, scope: 'sub', filter: wanted, attributes: order.attributes };
}
