/** The keys of the schema as data: for the words of a fault and for the docs. */
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** A key of the configuration, or a mapping or list of such. */
export interface KeyNode {
  /** What belongs here, fit to follow "expected"; absent for mappings and lists. */
  readonly description?: string;
  readonly unit?: string;
  readonly secret?: true;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: { readonly [key: string]: KeyNode };
  /** False where the known keys are the only ones. */
  readonly additionalProperties?: KeyNode | false;
  readonly items?: KeyNode;
}

const root = z.toJSONSchema(configSchema, { io: 'input' }) as KeyNode;

/** The node that a path of a configuration leads to; undefined where the path leaves the known keys. */
export function keyAt(path: readonly PropertyKey[]): KeyNode | undefined {
  let node: KeyNode | undefined = root;
  for (const step of path) node = node && child(node, step);
  return node;
}

function child(node: KeyNode, step: PropertyKey): KeyNode | undefined {
  if (typeof step === 'number') return node.items;
  const { properties = {}, additionalProperties } = node;
  if (Object.hasOwn(properties, String(step))) return properties[String(step)];
  return additionalProperties || undefined;
}

/** Every key that holds a value, by its path: `server.port`, `tenants.<name>.backend`, `auth.tokens[].sha256`. */
export function listKeys(): ReadonlyMap<string, KeyNode> {
  return new Map(leavesOf(root, ''));
}

function* leavesOf(node: KeyNode, path: string): Generator<readonly [string, KeyNode]> {
  if (node.description !== undefined) {
    yield [path, node];
    return;
  }
  const dot = path === '' ? '' : '.';
  for (const [key, below] of Object.entries(node.properties ?? {})) yield* leavesOf(below, `${path}${dot}${key}`);
  if (node.additionalProperties) yield* leavesOf(node.additionalProperties, `${path}${dot}<name>`);
  if (node.items) yield* leavesOf(node.items, `${path}[]`);
}
