import type { Call } from '#model/call.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Command, Limits, RedisConnection } from './connection/connection.ts';
import { ROOT, recordKey, recordPrefix, tenantKey } from './keys.ts';
import { RECORD_FIELDS, recordToResource } from './record.ts';
import { COMMAND_SCRIPT, PAGE_SCRIPT } from './scripts/read.ts';
import { decodeText, SEPARATOR } from './text.ts';

/** A part of a sorted set: between two members as ZRANGEBYLEX writes them, or between two ranks; `count` 0 for all of it. */
export interface Slice {
  /** Without the tenant. */
  readonly key: string;
  readonly command: 'ZRANGEBYLEX' | 'ZREVRANGEBYLEX' | 'ZRANGE' | 'ZREVRANGE';
  readonly from: string | number;
  readonly to: string | number;
  readonly count: number;
  readonly retained?: boolean;
}

export interface Sliced {
  /** Of the whole set. */
  readonly size: number;
  readonly items: readonly { readonly member: string; readonly resource: StoredResource }[];
}

/** What one call reads of its tenant; each method is one round trip. @throws UNAVAILABLE, TIMEOUT */
export class Store {
  readonly #connection: RedisConnection;
  readonly #prefix: string;
  readonly #call: Call;
  readonly #limits: Limits;

  /** `limits` where they are not the call's own. */
  constructor(connection: RedisConnection, prefix: string, call: Call, limits: Limits = call) {
    this.#connection = connection;
    this.#prefix = prefix;
    this.#call = call;
    this.#limits = limits;
  }

  key(rest: string): string {
    return tenantKey(this.#prefix, this.#call.tenant, rest);
  }

  script(script: string, ...args: readonly (string | number)[]): Command {
    return { script, key: this.key(ROOT), args };
  }

  ask(commands: readonly Command[]): Promise<readonly unknown[]> {
    if (!this.#connection.isCluster) return this.#connection.read(this.#limits, commands);
    // While a slot is being moved, its new node would answer for keys that it has not got yet.
    const scripts = commands.map((command) =>
      'name' in command ? this.script(COMMAND_SCRIPT, command.name, ...command.args) : command,
    );
    return this.#connection.read(this.#limits, scripts);
  }

  write(commands: readonly Command[]): Promise<readonly unknown[]> {
    return this.#connection.write(this.#limits, commands);
  }

  async slices(slices: readonly Slice[]): Promise<readonly Sliced[]> {
    const replies = await this.ask(
      slices.map(({ key, command, from, to, count, retained = false }) =>
        this.script(PAGE_SCRIPT, key, recordPrefix(retained), command, from, to, count),
      ),
    );
    return replies.map(readSlice);
  }

  /** One per id, whatever its type. */
  async records(ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]> {
    const replies = await this.ask(
      ids.map((id) => ({ name: 'hmget', args: [this.key(recordKey(id, false)), ...RECORD_FIELDS] })),
    );
    return replies.map((reply, at) => recordToResource(ids[at] as ResourceId, reply));
  }
}

function readSlice(reply: unknown): Sliced {
  const [size, ...found] = reply as [number, ...[string, unknown][]];
  const items = found.flatMap(([member, record]) => {
    const resource = recordToResource(idOfMember(member), record);
    return resource === null ? [] : [{ member, resource }];
  });
  return { size, items };
}

/** The last part of a member. */
export function idOfMember(member: string): ResourceId {
  return decodeText(member.slice(member.lastIndexOf(SEPARATOR) + 1)) as ResourceId;
}
