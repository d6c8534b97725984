/**
 * One write of one resource, whole or not at all: everything is checked before anything is written, the types of the keys that all
 * writes share among it. ARGV: the operation (write/encode.ts) as JSON, attributes, secret, keys and index entries as they are stored.
 * Answers `ok, changed, version, attributes, manager, created, modified, added, removed, touched`, lists as edges (`type NUL id`) or
 * `many`, or `error, code, ...`. Ids and texts arrive encoded (text.ts).
 */
export const WRITE_SCRIPT = String.raw`
local P = string.sub(KEYS[1], 1, -2)
local op = cjson.decode(ARGV[1])
local ATTRIBUTES, SECRET, KEYTEXT, INDEXTEXT = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local REFS = 1000
local call = redis.call
local function record(id) return P .. 'r:' .. id end
local function edge(type, id) return type .. '\0' .. id end
local function idOf(ref) return string.match(ref, '[^%z]*$') end

local function checkKeys(type)
  call('HLEN', P .. 'n'); call('XLEN', P .. 'log')
  call('ZCARD', P .. 'i:' .. type); call('ZCARD', P .. 'x:' .. type); call('ZCARD', P .. 'k:' .. type)
  for _, name in ipairs(op.indexes) do call('ZCARD', P .. 'o:' .. name .. ':' .. type) end
end

local function holderOf(type, keys, unique)
  for i = 1, unique do
    local start = edge(keys[i][1], keys[i][2])
    for _, member in ipairs(call('ZRANGEBYLEX', P .. 'k:' .. type, '[' .. start .. '\0', '(' .. start .. '\1', 'LIMIT', 0, 2)) do
      local holder = idOf(member)
      if holder ~= op.id then return keys[i][1], holder end
    end
  end
end

local function eachKey(command, type, id, text)
  for _, key in ipairs(cjson.decode(text)[2]) do
    local member = edge(edge(key[1], key[2]), id)
    if command == 'ZADD' then call('ZADD', P .. 'k:' .. type, 0, member) else call('ZREM', P .. 'k:' .. type, member) end
  end
end

local function eachIndex(command, type, id, text)
  for _, entry in ipairs(cjson.decode(text)) do
    local key, member = P .. 'o:' .. entry[1] .. ':' .. type, edge(entry[2], id)
    if command == 'ZADD' then call('ZADD', key, 0, member) else call('ZREM', key, member) end
  end
end

local function refs(list)
  if #list > REFS then return 'many' end
  return list
end

local function append(kind, type, id, at, added, removed)
  local serial = string.format('%d', call('HINCRBY', P .. 'n', 'serial', 1))
  local version = serial .. '-' .. op.nonce
  local fields = { 'k', kind, 't', type, 'i', id, 'v', version, 'at', at, 'by', op.actor, 'rq', op.request }
  if added and #added + #removed > 0 then
    if #added + #removed > REFS then fields[#fields + 1] = 'mm'; fields[#fields + 1] = '1'
    else
      fields[#fields + 1] = 'ma'; fields[#fields + 1] = table.concat(added, '\0')
      fields[#fields + 1] = 'mr'; fields[#fields + 1] = table.concat(removed, '\0')
    end
  end
  call('XADD', P .. 'log', 'MAXLEN', '~', op.kept, serial .. '-0', unpack(fields))
  call('HSET', P .. 'n', 'last', version)
  call('PUBLISH', P .. 'log', serial)
  return version
end

local function later(stored) if stored and tonumber(stored) > tonumber(op.now) then return stored end return op.now end

local function managerFits()
  if not op.manager then return true end
  if op.type ~= 'User' then return false end
  if op.manager == op.id then return true end
  return call('HGET', record(op.manager), 't') == 'User'
end

local function closing(groups)
  local seen, open, found = {}, { op.id }, {}
  while #open > 0 do
    local from = table.remove(open)
    for _, ref in ipairs(call('ZRANGE', P .. 'mi:' .. from, 0, -1)) do
      local id = idOf(ref)
      if not seen[id] then seen[id] = true; open[#open + 1] = id end
    end
  end
  for _, id in ipairs(groups) do if seen[id] then found[#found + 1] = id end end
  return found
end

local function plan(exists)
  local change = op.members
  local missing, wanted, order = {}, {}, {}
  for _, each in ipairs(change.add) do
    local id = each[1]
    if id == op.id then return nil, { 'error', 'CYCLE', id } end
    local type = call('HGET', record(id), 't')
    if not type or (type ~= 'User' and type ~= 'Group') or (each[2] and each[2] ~= type) then missing[#missing + 1] = id
    elseif not wanted[id] then wanted[id] = type; order[#order + 1] = id end
  end
  if #missing > 0 then return nil, { 'error', 'MEMBERS', unpack(missing, 1, math.min(#missing, 5000)) } end
  local added, removed, groups = {}, {}, {}
  for _, id in ipairs(order) do
    local ref = edge(wanted[id], id)
    if not exists or not call('ZSCORE', P .. 'mo:' .. op.id, ref) then
      added[#added + 1] = ref
      if wanted[id] == 'Group' then groups[#groups + 1] = id end
    end
  end
  if exists and #groups > 0 then
    local found = closing(groups)
    if #found > 0 then return nil, { 'error', 'CYCLE', unpack(found, 1, math.min(#found, 5000)) } end
  end
  if exists and change.replace then
    for _, ref in ipairs(call('ZRANGE', P .. 'mo:' .. op.id, 0, -1)) do
      if not wanted[idOf(ref)] then removed[#removed + 1] = ref end
    end
  elseif exists then
    local named = {}
    for _, id in ipairs(change.remove) do
      local type = not named[id] and not wanted[id] and call('HGET', record(id), 't')
      named[id] = true
      if type and call('ZSCORE', P .. 'mo:' .. op.id, edge(type, id)) then removed[#removed + 1] = edge(type, id) end
    end
  end
  return { added = added, removed = removed }
end

local function move(moves)
  local own = edge(op.type, op.id)
  for _, ref in ipairs(moves.removed) do
    call('ZREM', P .. 'mi:' .. idOf(ref), own); call('ZREM', P .. 'mo:' .. op.id, ref)
  end
  for _, ref in ipairs(moves.added) do
    call('ZADD', P .. 'mi:' .. idOf(ref), 0, own); call('ZADD', P .. 'mo:' .. op.id, 0, ref)
  end
end

local function setManager(old, new)
  if old == new then return end
  if old then call('ZREM', P .. 'gi:' .. old, edge(op.type, op.id)) end
  if new then
    call('ZADD', P .. 'gi:' .. new, 0, edge(op.type, op.id)); call('HSET', record(op.id), 'm', new)
  else call('HDEL', record(op.id), 'm') end
end

local function setSecret(version)
  if not op.secret then return end
  call('HSET', record(op.id), 'ss', string.match(version, '^%d+'))
  if op.secret == 'set' then call('HSET', record(op.id), 's', SECRET)
  elseif op.secret == 'clear' then call('HDEL', record(op.id), 's') end
end

local function answer(changed, moves)
  local r = call('HMGET', record(op.id), 'v', 'a', 'm', 'c', 'u')
  local added, removed = false, false
  if moves then
    added, removed = moves.added, moves.removed
    if #added + #removed > REFS then added, removed = 'many', 'many' end
  end
  return { 'ok', changed and 1 or 0, r[1], r[2], r[3], r[4], r[5], added, removed, false }
end

local function create()
  if call('EXISTS', record(op.id), P .. 'd:' .. op.id) > 0 then return { 'error', 'ID' } end
  if not managerFits() then return { 'error', 'MANAGER', op.manager } end
  local attribute, holder = holderOf(op.type, op.keys, op.unique)
  if attribute then return { 'error', 'KEY', attribute, holder } end
  local moves, refusal
  if op.members then
    moves, refusal = plan(false)
    if refusal then return refusal end
  end
  local created = op.created or op.now
  local modified = op.modified or later(created)
  local version = append('created', op.type, op.id, modified, moves and moves.added, moves and moves.removed)
  call('HSET', record(op.id), 't', op.type, 'v', version, 'a', ATTRIBUTES, 'h', op.digest, 'c', created, 'u', modified, 'k', KEYTEXT, 'x', INDEXTEXT)
  call('ZADD', P .. 'i:' .. op.type, 0, op.id)
  eachKey('ZADD', op.type, op.id, KEYTEXT)
  eachIndex('ZADD', op.type, op.id, INDEXTEXT)
  setManager(nil, op.manager)
  setSecret(version)
  if moves then move(moves) end
  return answer(true, moves)
end

local function update()
  local r = call('HMGET', record(op.id), 't', 'v', 'm', 'h', 'k', 'u', 'ss', 'x', 'c')
  if r[1] ~= op.type then return { 'error', 'GONE' } end
  if op.ifVersion and op.ifVersion ~= r[2] then return { 'error', 'VERSION' } end
  local stored = r[3] or nil
  if op.content then
    local secretIsNewer = r[7] and op.before.serial < tonumber(r[7])
    if op.before.manager ~= stored or op.before.digest ~= r[4] or secretIsNewer then return { 'error', 'VERSION' } end
    if not managerFits() then return { 'error', 'MANAGER', op.manager } end
    local attribute, holder = holderOf(op.type, op.keys, op.unique)
    if attribute then return { 'error', 'KEY', attribute, holder } end
  end
  local moves, refusal
  if op.members then
    moves, refusal = plan(true)
    if refusal then return refusal end
  end
  local differs = op.content and (op.manager ~= stored or op.digest ~= r[4] or op.secret)
  local moved = moves and #moves.added + #moves.removed > 0
  if op.content and KEYTEXT ~= r[5] then
    call('HSET', record(op.id), 'k', KEYTEXT)
    eachKey('ZREM', op.type, op.id, r[5])
    eachKey('ZADD', op.type, op.id, KEYTEXT)
  end
  if not differs and not moved then return answer(false, moves) end
  local modified = op.modified or later(r[6])
  local version = append('updated', op.type, op.id, modified, moves and moves.added, moves and moves.removed)
  call('HSET', record(op.id), 'v', version, 'u', modified, 'c', op.created or r[9])
  if differs then
    if op.digest ~= r[4] then call('HSET', record(op.id), 'a', ATTRIBUTES, 'h', op.digest) end
    if INDEXTEXT ~= r[8] then
      eachIndex('ZREM', op.type, op.id, r[8])
      eachIndex('ZADD', op.type, op.id, INDEXTEXT)
      call('HSET', record(op.id), 'x', INDEXTEXT)
    end
    setManager(stored, op.manager)
    setSecret(version)
  end
  if moves then move(moves) end
  return answer(true, moves)
end

local function delete()
  local r = call('HMGET', record(op.id), 't', 'v', 'm', 'k', 'x', 'u')
  if r[1] ~= op.type then return { 'error', 'GONE' } end
  if op.ifVersion and op.ifVersion ~= r[2] then return { 'error', 'VERSION' } end
  local own = edge(op.type, op.id)
  local groups, reports = call('ZRANGE', P .. 'mi:' .. op.id, 0, -1), call('ZRANGE', P .. 'gi:' .. op.id, 0, -1)
  local members, modified = call('ZRANGE', P .. 'mo:' .. op.id, 0, -1), later(r[6])
  call('ZREM', P .. 'i:' .. op.type, op.id)
  local version = append('deleted', op.type, op.id, modified)
  eachKey('ZREM', op.type, op.id, r[4])
  eachIndex('ZREM', op.type, op.id, r[5])
  if r[3] then call('ZREM', P .. 'gi:' .. r[3], own) end
  for _, ref in ipairs(members) do call('ZREM', P .. 'mi:' .. idOf(ref), own) end
  call('DEL', P .. 'mo:' .. op.id, P .. 'mi:' .. op.id, P .. 'gi:' .. op.id)
  local touched = {}
  local function touch(ref, added, removed)
    local key = record(idOf(ref))
    local at = later(call('HGET', key, 'u'))
    local type = string.sub(ref, 1, -2 - #idOf(ref))
    call('HSET', key, 'v', append('updated', type, idOf(ref), at, added, removed), 'u', at)
    touched[#touched + 1] = ref
  end
  for _, ref in ipairs(groups) do
    call('ZREM', P .. 'mo:' .. idOf(ref), own)
    touch(ref, {}, { own })
  end
  for _, ref in ipairs(reports) do
    if ref ~= own then
      call('HDEL', record(idOf(ref)), 'm')
      touch(ref)
    end
  end
  if op.retain then
    call('RENAME', record(op.id), P .. 'd:' .. op.id)
    call('HDEL', P .. 'd:' .. op.id, 'm')
    call('HSET', P .. 'd:' .. op.id, 'v', version, 'u', modified)
    call('ZADD', P .. 'x:' .. op.type, 0, op.id)
  else call('DEL', record(op.id)) end
  return { 'ok', 1, false, false, false, false, false, false, false, refs(touched) }
end

local function restore()
  local key = P .. 'd:' .. op.id
  local r = call('HMGET', key, 't', 'k', 'x', 'u')
  if r[1] ~= op.type then return { 'error', 'GONE' } end
  local keys = cjson.decode(r[2])
  local attribute, holder = holderOf(op.type, keys[2], keys[1])
  if attribute then return { 'error', 'KEY', attribute, holder } end
  local modified = later(r[4])
  local version = append('restored', op.type, op.id, modified)
  call('RENAME', key, record(op.id))
  call('HSET', record(op.id), 'v', version, 'u', modified)
  call('ZREM', P .. 'x:' .. op.type, op.id)
  call('ZADD', P .. 'i:' .. op.type, 0, op.id)
  eachKey('ZADD', op.type, op.id, r[2])
  eachIndex('ZADD', op.type, op.id, r[3])
  return answer(true)
end

checkKeys(op.type)
if op.kind == 'create' then return create() end
if op.kind == 'update' then return update() end
if op.kind == 'delete' then return delete() end
return restore()
`;
