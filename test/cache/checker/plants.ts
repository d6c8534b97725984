import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { RunScript } from '#src/cache/protocol/cache-store.ts';

/** Faults that are put into the protocol on purpose: the checker is worth what it finds of them. */
export const PLANTS = ['no-lease', 'no-mark', 'shared-flight', 'clear-all-marks', 'replica-fill'] as const;
export type Plant = (typeof PLANTS)[number];

const LAG_MS = 15;

/** The scripts as the fault has them. @throws where a script no longer has what is to be changed */
export function plantInScripts(run: RunScript, plant: Plant | undefined): RunScript {
  switch (plant) {
    case 'no-lease':
      return changing(run, 'porticoCacheFill', "may = same and redis.call('GET', lease) == token", 'may = same');
    case 'no-mark':
      return async (script, ...rest) => (script.name === 'porticoCacheMark' ? 1 : run(script, ...rest));
    case 'shared-flight':
      return async (script, key, args, timeoutMs) => {
        const answer = await run(script, key, args, timeoutMs);
        return script.name === 'porticoCacheFill' ? (answer as number[]).map(() => 1) : answer;
      };
    case 'clear-all-marks':
      return changing(
        run,
        'porticoCacheClear',
        "redis.call('ZREM', marksOf(ARGV[i]), token)",
        "redis.call('DEL', marksOf(ARGV[i]))",
      );
    default:
      return run;
  }
}

function changing(run: RunScript, name: string, from: string, to: string): RunScript {
  return (script, ...rest) => {
    if (script.name !== name) return run(script, ...rest);
    if (!script.lua.includes(from)) throw new Error(`${name} has no longer: ${from}`);
    return run({ name: `${name}Planted`, lua: script.lua.replace(from, to) }, ...rest);
  };
}

/** A backend whose reads by id come from a replica that lags, whatever is asked of them. */
export function lagging(adapter: DirectoryAdapter): DirectoryAdapter {
  const history = new Map<string, { readonly at: number; readonly resource: StoredResource | null }[]>();
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'getMany') {
        return async (...args: Parameters<DirectoryAdapter['getMany']>) => {
          const found = await target.getMany(...args);
          const until = performance.now() - LAG_MS;
          return args[2].map((id, index) => {
            const known = history.get(id)?.findLast(({ at }) => at < until);
            return known === undefined ? (found[index] ?? null) : known.resource;
          });
        };
      }
      if (name === 'write') {
        return async (...args: Parameters<DirectoryAdapter['write']>) => {
          const answers = await target.write(...args);
          for (const answer of answers) {
            if (answer instanceof Error || answer.resource === null) continue;
            const { resource } = answer;
            const of = history.get(resource.id) ?? [];
            history.set(resource.id, [...of.slice(-50), { at: performance.now(), resource }]);
          }
          return answers;
        };
      }
      return member.bind(target);
    },
  });
}
