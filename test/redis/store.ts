import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { RedisServer } from '#test/support/redis.ts';

let opened = 0;

/** A store of its own in a Redis that others share. */
export async function openStore(
  server: RedisServer,
  options: object = {},
): Promise<{ subject: Subject; prefix: string }> {
  const prefix = `s${++opened}`;
  const adapter = await redis.open(redis.options.parse({ url: server.url, prefix, ...options }), contractShape);
  return { subject: new Subject(adapter), prefix };
}

/** Work with a store of its own, which is closed at the end. */
export async function withStore(
  server: RedisServer,
  work: (subject: Subject, prefix: string, adapter: DirectoryAdapter) => Promise<void>,
  options: object = {},
): Promise<void> {
  const { subject, prefix } = await openStore(server, options);
  try {
    await work(subject, prefix, subject.adapter);
  } finally {
    await subject.adapter.close();
  }
}
