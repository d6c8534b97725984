import type { Inspector } from './inspector.ts';

/** Part of a V8 CPU profile (Profiler.Profile of the inspector protocol). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time in which anything ran. */
  readonly share: number;
}

export async function recordProfile(inspector: Inspector, load: () => Promise<unknown>): Promise<CpuProfile> {
  await inspector.send('Profiler.enable');
  await inspector.send('Profiler.setSamplingInterval', { interval: 200 });
  await inspector.send('Profiler.start');
  await load();
  return (await inspector.send<{ profile: CpuProfile }>('Profiler.stop')).profile;
}

export function topFunctions(profile: CpuProfile, count: number): readonly Share[] {
  return sumSelfTime(profile, ({ functionName, url, lineNumber }) => {
    const place = url === '' ? '' : `  ${shortUrl(url)}:${lineNumber + 1}`;
    return `${functionName || '(anonymous)'}${place}`;
  }).slice(0, count);
}

/** By folder of the product, by installed package, by module of node. */
export function packageShares(profile: CpuProfile): readonly Share[] {
  return sumSelfTime(profile, ({ functionName, url }) => {
    if (url === '') return functionName.startsWith('(') ? functionName : '(V8 built-in)';
    if (url.startsWith('node:')) return url.split('/', 2).join('/');
    const installed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    return installed ?? shortUrl(url).split('/', 2).join('/');
  });
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

function sumSelfTime(profile: CpuProfile, label: (frame: CallFrame) => string): readonly Share[] {
  const labels = new Map(profile.nodes.map((node) => [node.id, label(node.callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  profile.samples.forEach((sample, position) => {
    const name = labels.get(sample) ?? '(unknown)';
    if (name === '(idle)') return;
    const time = profile.timeDeltas[position] ?? 0;
    times.set(name, (times.get(name) ?? 0) + time);
    total += time;
  });
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((one, other) => other.share - one.share);
}

function shortUrl(url: string): string {
  const root = new URL('..', import.meta.url).href;
  return url.startsWith(root) ? url.slice(root.length) : url;
}
