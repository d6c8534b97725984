/** A running node's inspector, by the protocol of https://chromedevtools.github.io/devtools-protocol/v8/. */
export interface Inspector {
  /** @throws {Error} with the inspector's message */
  send<T>(method: string, params?: object): Promise<T>;
  close(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export async function openInspector(port: number): Promise<Inspector> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const url = targets[0]?.webSocketDebuggerUrl;
  if (url === undefined) throw new Error(`no inspector target at port ${port}`);
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const waiting = new Map<number, Waiting>();
  socket.addEventListener('message', ({ data }) => settle(waiting, String(data)));
  let last = 0;
  return {
    send<T>(method: string, params: object = {}) {
      const id = ++last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise<T>((resolve, reject) =>
        waiting.set(id, { resolve: (result) => resolve(result as T), reject }),
      );
    },
    close: () => socket.close(),
  };
}

function settle(waiting: Map<number, Waiting>, data: string): void {
  const message = JSON.parse(data) as { id?: number; result?: unknown; error?: { message: string } };
  if (message.id === undefined) return;
  const request = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.error !== undefined) request?.reject(new Error(message.error.message));
  else request?.resolve(message.result);
}
