/**
 * The steps of the cache protocol, each one script, so that each happens at one instant on the primary that serves the tenant.
 * All keys begin with `KEYS[1]`, which carries the tenant's hash tag, and are in one slot. Names below it:
 * `{replid}:e` the epoch, `{replid}:g` the generation of links, `{replid}:w` how often something was marked or cleared, `{replid}:m:{name}` the marks of a name (a sorted
 * set of tokens by expiry), `{epoch}:v:{name}` a value, `{epoch}:l:{name}` a lease. Names of links begin with `i` and stand below the
 * generation as well.
 */
export interface Script {
  readonly name: string;
  readonly lua: string;
}

/** Long after every entry and mark of an epoch is gone. */
const EPOCH_LIFETIME_MS = 86_400_000;
/** Lua passes no more than some thousand arguments. */
const AT_ONCE = 1_000;

/**
 * A promoted replica has another replication id than the primary whose late entries it may hold, and so has a server that was
 * restarted; a demoted one must not answer at all. An epoch that was not there begins with a mark of its own: somebody may be
 * writing who has left his marks elsewhere, and nothing is filled until he must have ended.
 */
const PRELUDE = `
local info = redis.call('INFO', 'replication')
if not string.find(info, 'role:master', 1, true) then return redis.error_reply('READONLY this is a replica') end
local node = KEYS[1] .. ':' .. string.match(info, 'master_replid:(%w+)')
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function marksOf(name) return node .. ':m:' .. name end

local function isMarked(name) return redis.call('ZCOUNT', marksOf(name), '(' .. now, '+inf') > 0 end

local function mark(name, token, forMs)
  local marks = marksOf(name)
  redis.call('ZREMRANGEBYSCORE', marks, '-inf', now)
  redis.call('ZADD', marks, now + forMs, token)
  if redis.call('PTTL', marks) < tonumber(forMs) then redis.call('PEXPIRE', marks, forMs) end
end

local function setEpoch(token)
  redis.call('SET', node .. ':e', token, 'PX', ${EPOCH_LIFETIME_MS})
  return node .. ':' .. token
end

local function epochOf(token, forMs)
  local epoch = redis.call('GET', node .. ':e')
  if epoch then return node .. ':' .. epoch end
  mark('', 'begun', forMs)
  return setEpoch(token)
end

local function countWrite()
  redis.call('INCR', node .. ':w')
  redis.call('PEXPIRE', node .. ':w', ${EPOCH_LIFETIME_MS})
end

local links
local function at(epoch, kind, name)
  if string.byte(name) ~= 105 then return epoch .. kind .. name end
  links = links or redis.call('GET', node .. ':g') or '0'
  return epoch .. kind .. links .. ':' .. name
end

local function drop(epoch, name) redis.call('DEL', at(epoch, ':v:', name), at(epoch, ':l:', name)) end

local function forgetLinks()
  redis.call('INCR', node .. ':g')
  links = nil
end
`;

/**
 * ARGV: token, mark's length, lease's length, how many names, names of values, then names of pointers.
 * Answers the epoch, the count of writes, and for each name its value, 1 where a lease was taken, 0 where nothing may be filled.
 * A pointer holds a version and the name of a value, which it leads to while that has the version; there is no lease on a pointer.
 */
export const READ: Script = {
  name: 'porticoCacheRead',
  lua: `${PRELUDE}
local token, markMs, leaseMs, count = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local epoch = epochOf(token, markMs)
local open
local function isOpen()
  if open == nil then open = leaseMs ~= '0' and not isMarked('') end
  return open
end

local function lease(name)
  if not isOpen() or isMarked(name) then return 0 end
  return redis.call('SET', at(epoch, ':l:', name), token, 'NX', 'PX', leaseMs) and 1 or 0
end

local answer = { epoch, '' }
for first = 5, 4 + count, ${AT_ONCE} do
  local keys = {}
  for i = first, math.min(first + ${AT_ONCE - 1}, 4 + count) do keys[#keys + 1] = at(epoch, ':v:', ARGV[i]) end
  local values = redis.call('MGET', unpack(keys))
  for i = 1, #keys do answer[#answer + 1] = values[i] or lease(ARGV[first + i - 1]) end
end
for i = 5 + count, #ARGV do
  local pointer = redis.call('GET', epoch .. ':v:' .. ARGV[i])
  local value = false
  if pointer then
    local ends = string.find(pointer, '\\n', 1, true)
    value = redis.call('GET', epoch .. ':v:' .. string.sub(pointer, ends + 1))
    if value and string.sub(value, 1, ends) ~= string.sub(pointer, 1, ends) then value = false end
  end
  answer[#answer + 1] = value or (isOpen() and 1 or 0)
end
if open then answer[2] = redis.call('GET', node .. ':w') or '' end
return answer`,
};

/**
 * ARGV: token, mark's length, epoch, count of writes, entry's lifetime, how many leased, leased name and value..., then name and
 * value of what was read without a lease; an empty value gives the lease back. Answers 1 or 0 for each: a leased one is stored while the lease stands, and one without
 * while nothing at all was marked or cleared since it was read and it is not marked.
 */
export const FILL: Script = {
  name: 'porticoCacheFill',
  lua: `${PRELUDE}
local token, markMs, epoch, writes, lifetime, leased = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local answer = {}
local same = epochOf(token, markMs) == epoch
local quiet = same and not isMarked('') and (redis.call('GET', node .. ':w') or '') == writes
for i = 7, #ARGV, 2 do
  local name, value = ARGV[i], ARGV[i + 1]
  local may
  if i < 7 + 2 * leased then
    local lease = at(epoch, ':l:', name)
    may = same and redis.call('GET', lease) == token
    if may then redis.call('DEL', lease) end
  else
    may = quiet and not isMarked(name)
  end
  if may and value ~= '' then redis.call('SET', at(epoch, ':v:', name), value, 'PX', lifetime) end
  answer[#answer + 1] = may and 1 or 0
end
if same then redis.call('PEXPIRE', node .. ':e', ${EPOCH_LIFETIME_MS}) end
return answer`,
};

/** ARGV: token, mark's length, 1 to mark the whole tenant, names. Entries and leases of what is marked are gone at once. */
export const MARK: Script = {
  name: 'porticoCacheMark',
  lua: `${PRELUDE}
local token, markMs = ARGV[1], ARGV[2]
local epoch = epochOf(token, markMs)
countWrite()
if ARGV[3] == '1' then
  mark('', token, markMs)
  setEpoch(token)
end
for i = 4, #ARGV do
  mark(ARGV[i], token, markMs)
  drop(epoch, ARGV[i])
end
return 1`,
};

/** ARGV: token, mark's length, 1 to empty the whole tenant or 2 to forget all links, names. Takes away this token alone, and entries and leases of the names. */
export const CLEAR: Script = {
  name: 'porticoCacheClear',
  lua: `${PRELUDE}
local token, markMs = ARGV[1], ARGV[2]
local epoch = epochOf(token, markMs)
countWrite()
if ARGV[3] == '1' then
  redis.call('ZREM', marksOf(''), token)
  epoch = setEpoch(token .. '+')
elseif ARGV[3] == '2' then
  forgetLinks()
end
for i = 4, #ARGV do
  redis.call('ZREM', marksOf(ARGV[i]), token)
  drop(epoch, ARGV[i])
end
return 1`,
};
