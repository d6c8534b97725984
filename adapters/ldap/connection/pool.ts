/** Connections to a directory, shared by all calls of a backend. */
import type { Call } from '#model/call.ts';
import type { Entry } from './entry.ts';
import type {
  Add,
  Compare,
  Delete,
  Extended,
  ExtendedResult,
  LdapResult,
  Modify,
  ModifyDn,
  Search,
  SearchResult,
} from './operations.ts';
import type { Incoming } from './protocol/decode.ts';

/** Of a call: how long, until when, and whether a replica may answer a read. */
export type Limits = Pick<Call, 'deadline' | 'signal' | 'consistency'>;

/**
 * Operations of RFC 4511. Those that are sent without awaiting one another have no order: a server carries them out side by side.
 *
 * Every method answers by the call's deadline, or its own `timeoutMs`, whichever is first, and within 10 ms after the signal has aborted.
 * @throws {LdapError} a result that is neither success nor in `accept`: nothing was done
 * @throws {DirectoryError} UNAVAILABLE: no server can be reached, or none is free; nothing was done; `retryAfterMs` is set.
 *   TIMEOUT: the time was over; a write had not been sent.
 *   OUTCOME_UNKNOWN (writes alone): it was sent and has no answer, since the connection broke or the time was over; it may yet be done.
 *   TOO_LARGE: the request has no form that fits into a message (16 MiB).
 */
export interface LdapOperations {
  /** All entries of a search. */
  search(limits: Limits, request: Search): Promise<SearchResult>;
  /**
   * The same without keeping them: `take` is called with each as it comes. A search that broke in the middle is not repeated once an
   * entry was taken (UNAVAILABLE).
   */
  stream(limits: Limits, request: Search, take: (entry: Entry) => void): Promise<Omit<SearchResult, 'entries'>>;
  add(limits: Limits, request: Add): Promise<LdapResult>;
  modify(limits: Limits, request: Modify): Promise<LdapResult>;
  modifyDn(limits: Limits, request: ModifyDn): Promise<LdapResult>;
  delete(limits: Limits, request: Delete): Promise<LdapResult>;
  /** Whether the entry has the value. */
  compare(limits: Limits, request: Compare): Promise<boolean>;
  /** Is taken for a write: password modify (RFC 3062) and its like. */
  extended(limits: Limits, request: Extended): Promise<ExtendedResult>;
}

export interface LdapPool extends LdapOperations {
  /** The URL of the primary that is in use, or that is tried first. */
  readonly server: string;
  /**
   * Work on a connection that nobody else uses meanwhile, for what belongs to a connection: cookies of paged results. Never repeated
   * as a whole. Always the primary's.
   */
  exclusive<T>(limits: Limits, work: (connection: LdapOperations) => Promise<T>): Promise<T>;
  /**
   * A search that does not end by itself (RFC 4533), on a connection of its own to a primary, which is known to be alive by an
   * operation now and then. Resolves with the result where the server ends it, whatever its code.
   * @throws {DirectoryError} UNAVAILABLE where the connection is lost or none can be made; TIMEOUT when the signal aborts
   */
  listen(signal: AbortSignal, request: Search, take: (message: Incoming, flow: Flow) => void): Promise<LdapResult>;
  /** Idempotent. What is in flight gets UNAVAILABLE or OUTCOME_UNKNOWN; later operations UNAVAILABLE. */
  close(): Promise<void>;
}

/** Lets a server wait for whoever cannot take more; messages that have been read already still come. */
export interface Flow {
  pause(): void;
  resume(): void;
}

export interface PoolSettings {
  /**
   * `ldap://host:389`, `ldaps://host:636`, `ldapi://%2Frun%2Fslapd%2Fldapi`: servers that take writes, the preferred one first. One
   * of them is used at a time, the next when it cannot be reached.
   */
  readonly urls: readonly string[];
  /** Servers that lag: reads with `consistency: any` go there first. */
  readonly replicas?: readonly string[];
  readonly tls?: TlsSettings;
  /** Absent: anonymous. */
  readonly bind?: SimpleBind | ExternalBind;
  /** At most so many connections to a server, opened as they are needed. 4 where absent. */
  readonly connections?: number;
  /** An operation that has no answer by then has failed, however much time its call has. 5,000 where absent. */
  readonly timeoutMs?: number;
  /** Until a connection is there, encrypted and bound. 2,000 where absent. */
  readonly connectTimeoutMs?: number;
  /** How often a connection on which nothing but changes come is asked whether it is alive. 2,000 where absent. */
  readonly heartbeatMs?: number;
}

export interface TlsSettings {
  /** `ldap:` URLs are encrypted by StartTLS, or not used. */
  readonly startTls?: boolean;
  /** PEM: authorities to trust instead of the system's. */
  readonly ca?: string;
  /** PEM: the client's certificate with its key, for servers that ask for one. */
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** The name that the server's certificate must have, where the URL has another. */
  readonly servername?: string;
}

export interface SimpleBind {
  readonly method: 'simple';
  readonly dn: string;
  readonly password: string;
}

/** Who one is by the client's certificate, or by the owner of the process over `ldapi`. RFC 4422 appendix A */
export interface ExternalBind {
  readonly method: 'external';
}
