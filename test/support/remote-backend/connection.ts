import { createConnection, type Socket } from 'node:net';
import { readFrames, writeFrame } from './frames.ts';
import type { FromBackend, ToBackend } from './messages.ts';

interface Waiting {
  answered(message: FromBackend): void;
  broken(): void;
}

/** A connection to the backend's process, which serves any number of questions at once; what is open when it breaks is told so. */
export class Connection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #broken = false;

  private constructor(socket: Socket, store: string) {
    this.#socket = socket;
    readFrames(socket, (message) => this.#take(message as FromBackend));
    socket.once('close', () => this.#break());
    this.#send({ kind: 'open', store });
  }

  /** @throws {Error} where nobody listens */
  static async open(path: string, store: string): Promise<Connection> {
    const socket = createConnection(path);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    // What happened is told by `close`, which follows.
    socket.on('error', () => undefined);
    return new Connection(socket, store);
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** The id by which the question can be given up. */
  ask(question: Omit<Extract<ToBackend, { kind: 'ask' }>, 'kind' | 'id'>, waiting: Waiting): number {
    this.#last += 1;
    this.#waiting.set(this.#last, waiting);
    this.#send({ kind: 'ask', id: this.#last, ...question });
    return this.#last;
  }

  giveUp(id: number): void {
    if (this.#waiting.delete(id)) this.#send({ kind: 'abort', id });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(message: ToBackend): void {
    writeFrame(this.#socket, message);
  }

  #take(message: FromBackend): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.answered(message);
  }

  #break(): void {
    this.#broken = true;
    const open = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of open) waiting.broken();
  }
}
