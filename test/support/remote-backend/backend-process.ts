/**
 * `node backend-process.ts SOCKET JOURNAL [METHOD]`: memory adapters behind a socket. What is acknowledged is in the journal and is
 * there again after a restart. With a method its calls are held for ever; each is told on standard output.
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { DirectoryAdapter, Write } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { Call } from '#model/call.ts';
import { readFrames, writeFrame } from './frames.ts';
import { answerToSent, errorToSent, type SentCall, type ToBackend } from './messages.ts';

type Asked = Extract<ToBackend, { kind: 'ask' }>;
type Entry = { readonly store: string; readonly call: SentCall; readonly operations: readonly Write[] };

const [socketPath = '', journal = '', held] = process.argv.slice(2);
const stores = new Map<string, DirectoryAdapter>();

async function storeOf(name: string): Promise<DirectoryAdapter> {
  const known = stores.get(name);
  if (known !== undefined) return known;
  const store = await memory.open(memory.options.parse(undefined), () => []);
  // Two questions may have come at once.
  if (!stores.has(name)) stores.set(name, store);
  return stores.get(name) ?? store;
}

async function replay(): Promise<void> {
  if (!existsSync(journal)) return;
  for (const line of readFileSync(journal, 'utf8').split('\n').filter(Boolean)) {
    const { store, call, operations } = JSON.parse(line) as Entry;
    await (await storeOf(store)).write(callOf(call, new AbortController().signal), operations);
  }
}

/** Of operations that came out of JSON only stamps would differ, which Portico does not send. */
function record(entry: Entry): void {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
}

function callOf(call: SentCall, signal: AbortSignal): Call {
  return { ...call, deadline: Number.POSITIVE_INFINITY, signal };
}

async function answer(socket: Socket, store: string, { id, method, call, args }: Asked, signal: AbortSignal) {
  if (method === held) {
    process.stdout.write(`holds ${method}\n`);
    return;
  }
  try {
    const adapter = await storeOf(store);
    const value: unknown = await Reflect.apply(adapter[method], adapter, [callOf(call, signal), ...args]);
    if (method === 'write') record({ store, call, operations: args[0] as readonly Write[] });
    if (!signal.aborted) writeFrame(socket, { id, value: answerToSent(method, value) });
  } catch (error) {
    if (!signal.aborted) writeFrame(socket, { id, error: errorToSent(error) });
  }
}

function serve(socket: Socket): void {
  const open = new Map<number, AbortController>();
  let store = '';
  socket.on('error', () => undefined);
  socket.once('close', () => {
    for (const controller of open.values()) controller.abort();
  });
  readFrames(socket, (message) => {
    const asked = message as ToBackend;
    if (asked.kind === 'open') store = asked.store;
    else if (asked.kind === 'abort') open.get(asked.id)?.abort();
    else {
      const controller = new AbortController();
      open.set(asked.id, controller);
      void answer(socket, store, asked, controller.signal).finally(() => open.delete(asked.id));
    }
  });
}

await replay();
rmSync(socketPath, { force: true });
createServer(serve).listen(socketPath, () => process.stdout.write('listens\n'));
