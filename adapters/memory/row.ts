import type { Secrets } from '#adapters/adapter.ts';
import type { Attributes, Links, Ref, ResourceId, ResourceTypeName, StoredResource, Version } from '#model/resource.ts';
import type { Edges } from './links/edges.ts';
import type { LinkMemo, ViaMemo } from './links/linked.ts';

/** What all resources of one type in one tenant share. */
export interface Home {
  readonly type: ResourceTypeName;
  /** Tells this store's versions from those of an earlier process, whose serials began at 1 as well. */
  readonly epoch: string;
}

export interface StoredSecrets extends Secrets {
  /** The change that set them; `content` is refused to a writer who read before it. */
  readonly serial: number;
}

/** Which keys rows of a kind have; shared, so that a row holds the values alone. */
export interface KeyLayout {
  /** The unique ones first. */
  readonly attributes: readonly string[];
  readonly uniqueCount: number;
}

export interface RowKeys {
  readonly layout: KeyLayout;
  /** One per attribute of the layout. */
  readonly values: readonly string[];
}

const NO_KEYS: RowKeys = { layout: { attributes: [], uniqueCount: 0 }, values: [] };
const NO_ATTRIBUTES: Attributes = Object.freeze({});
const NO_LINKS: Links = Object.freeze({});

/**
 * One resource, mutable and as small as it can be, since there may be a million: dates are numbers, a version is a serial, and a
 * StoredResource is made when someone asks. It reads like a StoredResource, so that filters and sort keys need no copy.
 */
export class Row implements StoredResource {
  readonly home: Home;
  readonly id: ResourceId;
  attributes: Attributes;
  keyLayout: KeyLayout = NO_KEYS.layout;
  keyValues: readonly string[] = NO_KEYS.values;
  manager: Row | null = null;
  reports: Edges = null;
  members: Edges = null;
  memberOf: Edges = null;
  secrets: StoredSecrets | null = null;
  /** The change that gave the present version. */
  serial = 0;
  created: number;
  modified: number;
  /** The last walk that came by. A number in the row costs less than a set per walk; walks run without pause. */
  visit = 0;
  memo: LinkMemo | null = null;
  memoVia: ViaMemo | null = null;

  constructor(home: Home, id: ResourceId, attributes: Attributes, created: number, modified: number) {
    this.home = home;
    this.id = id;
    this.attributes = attributes;
    this.created = created;
    this.modified = modified;
  }

  get type(): ResourceTypeName {
    return this.home.type;
  }

  get links(): Links {
    return this.manager === null ? NO_LINKS : { manager: this.manager.id };
  }

  get version(): Version {
    return serialToText(this.serial, this.home.epoch) as Version;
  }

  get createdAt(): Date {
    return new Date(this.created);
  }

  get modifiedAt(): Date {
    return new Date(this.modified);
  }
}

/** The row as it is now; what happens to it later does not reach the result. */
export function rowToResource(row: Row): StoredResource {
  const { id, type, attributes, links, version, createdAt, modifiedAt } = row;
  return { id, type, attributes, links, version, createdAt, modifiedAt };
}

export function rowToRef({ id, type }: Row): Ref {
  return { id, type };
}

/** Of a row that is gone for good: the feed may name it for a long while, and keeps no more of it than a tombstone. */
export function emptyRow(row: Row): void {
  row.attributes = NO_ATTRIBUTES;
  row.secrets = null;
  row.memo = null;
  row.memoVia = null;
}

export function copyRow(row: Row): Row {
  return Object.assign(new Row(row.home, row.id, row.attributes, row.created, row.modified), row);
}

/** Versions and feed positions: a serial that no other change of the tenant has. */
export function serialToText(serial: number, epoch: string): string {
  return `${serial.toString(36)}-${epoch}`;
}

/** Undefined for a text of another process, or of no process. */
export function parseSerial(text: string, epoch: string): number | undefined {
  const match = /^([0-9a-z]{1,10})-([0-9a-z]+)$/.exec(text);
  return match?.[1] !== undefined && match[2] === epoch ? Number.parseInt(match[1], 36) : undefined;
}
