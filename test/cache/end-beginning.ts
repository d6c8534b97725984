import type { RedisServer } from '#test/support/redis.ts';

const END = "for _, key in ipairs(redis.call('KEYS', '*:m:')) do redis.call('ZREM', key, 'begun') end";

/** An epoch begins with a mark, as long as somebody may be writing who has marked elsewhere; where nobody is, it need not last. */
export async function endBeginning(redis: RedisServer): Promise<void> {
  await redis.cli('EVAL', END, '0');
}
