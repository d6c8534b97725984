/**
 * A page of a sorted set with the records that its members name, as they are at one moment. ARGV: the set, what stands between the
 * tenant and an id, `ZRANGEBYLEX`, `ZREVRANGEBYLEX`, `ZRANGE` or `ZREVRANGE`, from, to, count (0: all). Answers the set's
 * size, then for each member itself and RECORD_FIELDS of its record.
 */
export const PAGE_SCRIPT = `
local P = string.sub(KEYS[1], 1, -2)
local key, command = P .. ARGV[1], ARGV[3]
local members
if command == 'ZRANGE' or command == 'ZREVRANGE' then members = redis.call(command, key, ARGV[4], ARGV[5])
elseif ARGV[6] == '0' then members = redis.call(command, key, ARGV[4], ARGV[5])
else members = redis.call(command, key, ARGV[4], ARGV[5], 'LIMIT', 0, ARGV[6]) end
local answer = { redis.call('ZCARD', key) }
for _, member in ipairs(members) do
  answer[#answer + 1] = { member, redis.call('HMGET', P .. ARGV[2] .. string.match(member, '[^%z]*$'), 't', 'v', 'a', 'm', 'c', 'u') }
end
return answer
`;

/**
 * One page of a resource's links. ARGV: its record and the set of its edges (empty for the manager, which the record holds), the
 * type asked for or nothing, the offset, the edge after which to begin or nothing, count, whether attributes are asked for. Answers
 * how many there are in all, then for each edge (`type NUL id`) itself and its attributes.
 */
export const LINKS_SCRIPT = String.raw`
local P = string.sub(KEYS[1], 1, -2)
local set, type, offset, after, count, with = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6]), ARGV[7] == '1'
local edges, total = {}, 0
if set == '' then
  local manager = redis.call('HGET', P .. ARGV[1], 'm')
  if manager and (type == '' or type == 'User') then
    total = 1
    local ref = 'User\0' .. manager
    if count > 0 and offset == 0 and (after == '' or ref > after) then edges = { ref } end
  end
else
  local key = P .. set
  local min, max = '-', '+'
  if type ~= '' then min = '[' .. type .. '\0'; max = '(' .. type .. '\1' end
  total = redis.call('ZLEXCOUNT', key, min, max)
  if count > 0 then
    if after ~= '' then
      if type == '' or after >= type .. '\0' then min = '(' .. after end
      edges = redis.call('ZRANGEBYLEX', key, min, max, 'LIMIT', 0, count)
    elseif offset < total then
      local first = offset
      if type ~= '' then first = first + redis.call('ZLEXCOUNT', key, '-', '(' .. type .. '\0') end
      edges = redis.call('ZRANGE', key, first, first + math.min(count, total - offset) - 1)
    end
  end
end
local answer = { total }
for _, ref in ipairs(edges) do
  answer[#answer + 1] = { ref, with and redis.call('HGET', P .. 'r:' .. string.match(ref, '[^%z]*$'), 'a') }
end
return answer
`;

/** One command as it is. */
export const COMMAND_SCRIPT = 'return redis.call(unpack(ARGV))';
