import { openInspector } from '../../../bench/inspector.ts';

/** Whoever tells the memory of a running node, after it has collected all that can be. */
export interface HeapProbe {
  /** Bytes of V8's heap that are in use, and of the process that are resident. */
  measure(): Promise<{ readonly heapUsed: number; readonly rss: number }>;
  close(): void;
}

/** `output` is what a node wrote that was started with `--inspect=127.0.0.1:0`. */
export async function openHeapProbe(output: string): Promise<HeapProbe> {
  const port = /Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1];
  if (port === undefined) throw new Error(`no inspector listens: ${output.slice(0, 500)}`);
  const inspector = await openInspector(Number(port));
  await inspector.send('HeapProfiler.enable');
  return {
    async measure() {
      await inspector.send('HeapProfiler.collectGarbage');
      await inspector.send('HeapProfiler.collectGarbage');
      const expression = 'JSON.stringify(process.memoryUsage())';
      const { result } = await inspector.send<{ result: { value: string } }>('Runtime.evaluate', { expression });
      return JSON.parse(result.value) as { heapUsed: number; rss: number };
    },
    close: () => inspector.close(),
  };
}
