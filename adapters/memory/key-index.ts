import type { Draft } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { compareText } from '#model/fold.ts';
import type { Key } from '#model/resource.ts';
import type { KeyLayout, Row, RowKeys } from './row.ts';
import type { Compactor } from './values/compact.ts';

/** Rows of one type by folded key. A value that several rows share is a set; nearly all stand for one. */
export class KeyIndex {
  readonly #byAttribute = new Map<string, Map<string, Row | Set<Row>>>();
  readonly #layouts = new Map<string, KeyLayout>();

  /** In order of id. */
  rows({ attribute, value }: Key): readonly Row[] {
    const found = this.#byAttribute.get(attribute)?.get(value);
    if (found === undefined) return [];
    return found instanceof Set ? [...found].sort((a, b) => compareText(a.id, b.id)) : [found];
  }

  pack({ uniqueKeys, lookupKeys }: Draft, compactor: Compactor): RowKeys {
    const keys = [...uniqueKeys, ...lookupKeys];
    const attributes = keys.map(({ attribute }) => attribute);
    const values = keys.map(({ value }) => compactor.text(value));
    return { layout: this.#layout(attributes, uniqueKeys.length), values };
  }

  /** @throws UNIQUENESS with the holder's id where another row than `self` holds a unique key */
  checkFree({ layout, values }: RowKeys, self: Row | null): void {
    for (let i = 0; i < layout.uniqueCount; i++) {
      const attribute = layout.attributes[i] as string;
      const holder = this.rows({ attribute, value: values[i] as string }).find((row) => row !== self);
      if (holder !== undefined) throw taken(attribute, holder);
    }
  }

  add(row: Row): void {
    row.keyLayout.attributes.forEach((attribute, i) => {
      this.#add(attribute, row.keyValues[i] as string, row);
    });
  }

  remove(row: Row): void {
    row.keyLayout.attributes.forEach((attribute, i) => {
      this.#remove(attribute, row.keyValues[i] as string, row);
    });
  }

  #layout(attributes: readonly string[], uniqueCount: number): KeyLayout {
    const name = JSON.stringify([uniqueCount, attributes]);
    let layout = this.#layouts.get(name);
    if (layout === undefined) {
      layout = { attributes, uniqueCount };
      this.#layouts.set(name, layout);
    }
    return layout;
  }

  #add(attribute: string, value: string, row: Row): void {
    let values = this.#byAttribute.get(attribute);
    if (values === undefined) {
      values = new Map();
      this.#byAttribute.set(attribute, values);
    }
    const present = values.get(value);
    if (present === undefined || present === row) values.set(value, row);
    else if (present instanceof Set) present.add(row);
    else values.set(value, new Set([present, row]));
  }

  #remove(attribute: string, value: string, row: Row): void {
    const values = this.#byAttribute.get(attribute);
    const present = values?.get(value);
    if (present instanceof Set) present.delete(row);
    if (present === row || (present instanceof Set && present.size === 0)) values?.delete(value);
  }
}

function taken(attribute: string, holder: Row): DirectoryError {
  return new DirectoryError('UNIQUENESS', `${attribute} is taken by another resource`, {
    ids: [holder.id],
    faults: [{ path: attribute, expected: 'a value that no other resource has' }],
  });
}
