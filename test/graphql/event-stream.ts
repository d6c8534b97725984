import type { Json } from '#model/resource.ts';

export interface StreamEvent {
  readonly event: string;
  readonly data?: { readonly [name: string]: Json } | null;
  readonly extensions?: { readonly hidden: readonly string[] };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly [name: string]: Json } }[];
}

export interface StreamRequest {
  readonly query: string;
  readonly variables?: { readonly [name: string]: unknown };
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A subscription over server-sent events, read as its protocol says: `next` holds an answer, `complete` ends. */
export class EventStream implements AsyncDisposable {
  readonly response: Response;
  readonly comments: string[] = [];
  private readonly controller: AbortController;
  private readonly reader: ReadableStreamDefaultReader<string> | undefined;
  private text = '';

  private constructor(response: Response, controller: AbortController) {
    this.response = response;
    this.controller = controller;
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    this.reader = isStream ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;
  }

  static async open(url: string, { query, variables = {}, path = '/graphql/stream', headers }: StreamRequest) {
    const controller = new AbortController();
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query, variables }),
      signal: controller.signal,
    });
    return new EventStream(response, controller);
  }

  /** The next event; undefined at the end of the stream. */
  async next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end < 0) {
        const read = await this.reader?.read();
        if (read === undefined || read.done) return undefined;
        this.text += read.value;
        continue;
      }
      const block = this.text.slice(0, end);
      this.text = this.text.slice(end + 2);
      if (block.startsWith(':')) this.comments.push(block);
      else return parseBlock(block);
    }
  }

  async take(count: number): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    while (events.length < count) {
      const event = await this.next();
      if (event === undefined) throw new Error(`the stream ended after ${events.length} of ${count} events`);
      events.push(event);
    }
    return events;
  }

  /** All that is still to come. */
  async rest(): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (let event = await this.next(); event !== undefined; event = await this.next()) events.push(event);
    return events;
  }

  /** Leaves, as a client that is killed does. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.controller.abort();
  }
}

function parseBlock(block: string): StreamEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const;
    }),
  );
  const data = fields.get('data');
  return { event: fields.get('event') ?? '', ...(data ? (JSON.parse(data) as object) : {}) };
}
