import type { Socket } from 'node:net';
import { ProtocolFault } from '../protocol/ber.ts';
import { decode, type Incoming } from '../protocol/decode.ts';
import { type Encode, encodeUnbind, writeMessage } from '../protocol/encode.ts';
import { FrameReader } from '../protocol/frame-reader.ts';
import { ConnectionBroken } from './failures.ts';

/** Whoever waits for what comes with one message id. */
export interface Waiting {
  /** True: nothing more is expected. */
  take(message: Incoming): boolean;
  broken(cause: ConnectionBroken): void;
}

const GOODBYE_MS = 1_000;
const MAX_MESSAGE_ID = 2 ** 31 - 1;
/** RFC 4511 §4.4: a message of nobody's speaks of the connection; the only one there is announces its end. */
const NOBODY = 0;

/** Requests and what is answered to each, by message id, over a socket that is connected. */
export class Channel {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #waiting = new Map<number, Waiting>();
  readonly #whenClosed: ((cause: ConnectionBroken) => void)[] = [];
  #lastId = 0;
  #heardAt = performance.now();
  #broken: ConnectionBroken | undefined;

  readonly #onData = (chunk: Buffer) => this.#read(chunk);
  readonly #onError = (cause: Error) => this.destroy(cause);
  readonly #onClose = () => this.destroy();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#onData).on('error', this.#onError).on('close', this.#onClose).on('end', this.#onClose);
  }

  /** When something came last, by `performance.now()`. */
  get heardAt(): number {
    return this.#heardAt;
  }

  get isOpen(): boolean {
    return this.#broken === undefined;
  }

  get isPaused(): boolean {
    return this.#socket.isPaused();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Called once, at once where it is closed already. */
  whenClosed(tell: (cause: ConnectionBroken) => void): void {
    if (this.#broken !== undefined) tell(this.#broken);
    else this.#whenClosed.push(tell);
  }

  /** The message's id. @throws {ConnectionBroken} where it has not left; {DirectoryError} TOO_LARGE */
  send(encode: Encode, waiting?: Waiting): number {
    if (this.#broken !== undefined) {
      throw new ConnectionBroken(this.#broken.message, { cause: this.#broken, sent: false });
    }
    const id = this.#nextId();
    const bytes = writeMessage(encode, id);
    if (waiting !== undefined) this.#waiting.set(id, waiting);
    this.#write(bytes);
    return id;
  }

  /** All that is sent before others have their turn leaves at once. */
  #write(bytes: Buffer): void {
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      process.nextTick(() => this.#socket.uncork());
    }
    this.#socket.write(bytes);
  }

  /** What still comes for it is thrown away. */
  forget(id: number): void {
    this.#waiting.delete(id);
  }

  /** Says goodbye first. */
  close(): void {
    if (this.#broken !== undefined) return;
    this.#end(new Error('closed by us'));
    this.#socket.end(writeMessage(encodeUnbind(), this.#nextId()));
    // A peer that reads nothing is not waited for.
    setTimeout(() => this.#socket.destroy(), GOODBYE_MS).unref();
  }

  destroy(cause?: Error): void {
    if (this.#broken !== undefined) return;
    this.#end(cause);
    this.#socket.destroy();
  }

  #end(cause: Error | undefined): void {
    const broken = new ConnectionBroken('the connection to the directory ended', { cause });
    this.#broken = broken;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const each of waiting) each.broken(broken);
    for (const tell of this.#whenClosed) tell(broken);
  }

  /** The bare socket, for TLS to be put around it. @throws {ProtocolFault} where somebody has sent what nobody asked for */
  detach(): Socket {
    if (this.#frames.heldBytes > 0 || this.#waiting.size > 0) throw new ProtocolFault('bytes before encryption');
    const socket = this.#socket;
    socket.off('data', this.#onData).off('error', this.#onError).off('close', this.#onClose).off('end', this.#onClose);
    this.#broken = new ConnectionBroken('the socket is encrypted');
    return socket;
  }

  #nextId(): number {
    // One that still waits after two billion others would be mistaken for another.
    do this.#lastId = this.#lastId === MAX_MESSAGE_ID ? 1 : this.#lastId + 1;
    while (this.#waiting.has(this.#lastId));
    return this.#lastId;
  }

  #read(chunk: Buffer): void {
    this.#heardAt = performance.now();
    try {
      for (const frame of this.#frames.push(chunk)) this.#take(decode(frame));
    } catch (error) {
      this.destroy(error instanceof Error ? error : new ProtocolFault('what cannot be read', { cause: error }));
    }
  }

  #take(message: Incoming): void {
    if (message.id === NOBODY) this.destroy(new Error('the server announces that it disconnects'));
    else if (this.#waiting.get(message.id)?.take(message) === true) this.#waiting.delete(message.id);
  }
}
