-- Sends the requests of a prepared file in turn. Arguments: the file, and the position to start from, so that a later run goes on
-- where an earlier one ended. A run of nine @ within a request becomes a number that no other request of the case has.

local PLACEHOLDER = "@@@@@@@@@"
local texts = {}
position = 0

local function split(text)
  local parts, from = {}, 1
  while true do
    local first, last = text:find(PLACEHOLDER, from, true)
    if not first then break end
    parts[#parts + 1] = text:sub(from, first - 1)
    from = last + 1
  end
  parts[#parts + 1] = text:sub(from)
  return parts
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local length = file:read("*n")
  while length do
    file:read(1)
    local text = file:read(length)
    local parts = split(text)
    texts[#texts + 1] = #parts == 1 and text or parts
    length = file:read("*n")
  end
  file:close()
  position = tonumber(args[2])
end

function request()
  local text = texts[position % #texts + 1]
  position = position + 1
  if type(text) == "string" then return text end
  return table.concat(text, string.format("%09d", position))
end

local sender
function setup(thread) sender = thread end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"p50Us":%d,"p99Us":%d,"position":%d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), sender:get("position")))
end
