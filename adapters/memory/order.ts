import type { AttributePath } from '#model/filter.ts';
import { compareText } from '#model/fold.ts';
import type { Place } from '#model/position.ts';
import { compareEntries, type SortEntry, sortKey } from '#model/sort.ts';
import { OrderedIndex } from './ordered-index.ts';
import type { Row } from './row.ts';

/** All rows of a type in one total order, ascending; a descending page reads it backwards. */
export interface Order<Item extends Place> {
  readonly index: OrderedIndex<Place, Item>;
  readonly compare: (a: Place, b: Place) => number;
  row(item: Item): Row;
  item(row: Row): Item;
}

/** The order where none is asked for: by id. */
export class IdOrder implements Order<Row> {
  readonly compare = (a: Place, b: Place): number => compareText(a.id, b.id);
  readonly index = new OrderedIndex<Place, Row>(this.compare);

  row(item: Row): Row {
    return item;
  }

  item(row: Row): Row {
    return row;
  }
}

export interface SortItem extends SortEntry {
  readonly row: Row;
}

/** The order by one path: keys are folded once, when a row changes, and never while a page is read. */
export class SortOrder implements Order<SortItem> {
  readonly compare: (a: Place, b: Place) => number;
  readonly index: OrderedIndex<Place, SortItem>;
  readonly #by: AttributePath;

  constructor(by: AttributePath, rows: Iterable<Row>) {
    const compare = compareEntries('ascending');
    this.compare = (a, b) => compare(a as SortEntry, b as SortEntry);
    this.#by = by;
    const items = Array.from(rows, (row) => this.item(row));
    this.index = new OrderedIndex<Place, SortItem>(this.compare, items.sort(this.compare));
  }

  row(item: SortItem): Row {
    return item.row;
  }

  item(row: Row): SortItem {
    return { key: sortKey(row, this.#by), id: row.id, row };
  }
}
