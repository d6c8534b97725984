/** One operation on one key, in milliseconds of one clock. `end` is Infinity where nobody was told how it ended: it may take effect at any time. */
export interface Write {
  readonly value: string;
  readonly begin: number;
  readonly end: number;
}

export interface Read {
  readonly value: string;
  readonly begin: number;
  readonly end: number;
  /** How it was asked, for the report. */
  readonly how: string;
}

/** What is to be explained by one order of the writes. */
export interface KeyHistory {
  readonly writes: Write[];
  readonly reads: Read[];
}

export interface Violation {
  readonly key: string;
  readonly because: string;
}
