"""The steps of the inbox that must happen at once, as Lua for Redis.

A *lane* is the list of unfinished entries with one order key, oldest first; only its first entry may be
worked on. A new entry that is not first is *parked*: it changes hands to a consumer that does not exist,
until the entry before it is finished. Scripts compute the names of lanes; all keys share one hash tag.
"""

from __future__ import annotations

PARKED = "-parked-"

# KEYS: events, once marker, lane. ARGV: order key, body, lifetime of the marker in seconds, trace.
# The marker comes last: were the script stopped in between, the event would come twice rather than never.
APPEND = """
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local id = redis.call('XADD', KEYS[1], '*', 'order_key', ARGV[1], 'body', ARGV[2], 'trace', ARGV[4])
redis.call('RPUSH', KEYS[3], id)
redis.call('SET', KEYS[2], id, 'EX', ARGV[3])
return 1
"""

_IS_FIRST = """
local function is_first(lane, id)
  while true do
    local head = redis.call('LINDEX', lane, 0)
    if not head or head == id then return true end
    if #redis.call('XRANGE', KEYS[1], head, head) > 0 then return false end
    redis.call('LPOP', lane)  -- someone deleted that entry by hand
  end
end
"""

# How many entries of a workspace the consumer has; ARGV from `first` on name one for each.
_HELD = """
local held = {}
local function hold(team) held[team] = (held[team] or 0) + 1 end
local function count_held(first) for i = first, #ARGV do hold(ARGV[i]) end end
local function has_room(team, most) return (held[team] or 0) < tonumber(most) end
"""

# KEYS: events. ARGV: group, consumer, idle ms, limit, prefix of lanes, parking consumer, share, who has some.
# Of the entries that were delivered: those whose consumer has been silent, and parked ones whose turn it is.
# Returns id, order key, body, count of deliveries (JUSTID leaves it as it is) and trace.
RECLAIM = (
    _IS_FIRST
    + _HELD
    + """
local taken = {}
count_held(8)
local function consider(row)
  local id, is_parked, deliveries = row[1], row[2] == ARGV[6], row[4]
  if not is_parked and row[3] < tonumber(ARGV[3]) then return end
  local found = redis.call('XRANGE', KEYS[1], id, id)
  if #found == 0 then
    redis.call('XACK', KEYS[1], ARGV[1], id)
    return
  end
  local fields = {}
  for i = 1, #found[1][2], 2 do fields[found[1][2][i]] = found[1][2][i + 1] end
  local team = string.match(fields['order_key'], '^[^:]*')
  if not has_room(team, ARGV[7]) or not is_first(ARGV[5] .. fields['order_key'], id) then return end
  hold(team)
  if is_parked then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
  else
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id)
    deliveries = deliveries + 1
  end
  table.insert(taken, {id, fields['order_key'], fields['body'], deliveries, fields['trace'] or ''})
end
-- Page by page, and so many: Redis does nothing else meanwhile.
local after = '-'
for _ = 1, 5 do
  local rows = redis.call('XPENDING', KEYS[1], ARGV[1], after, '+', 1000)
  for _, row in ipairs(rows) do
    if #taken >= tonumber(ARGV[4]) then return taken end
    consider(row)
  end
  if #rows < 1000 then return taken end
  after = '(' .. rows[#rows][1]
end
return taken
"""
)

# KEYS: events, then one lane for each id. ARGV: group, parking consumer, share, each id and whose it is,
# whose are held. Returns the ids that are first, and within their workspace's share.
PARK_THE_REST = (
    _IS_FIRST
    + _HELD
    + """
local first = {}
count_held(2 * #KEYS + 2)
for i = 2, #KEYS do
  local id, team = ARGV[2 * i], ARGV[2 * i + 1]
  if has_room(team, ARGV[3]) and is_first(KEYS[i], id) then
    hold(team)
    table.insert(first, id)
  else
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
  end
end
return first
"""
)

# KEYS: events. ARGV: group, consumer, ids. Someone who was paused may not take back what others have now.
KEEP = """
for i = 3, #ARGV do
  local found = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])
  if found.err then
    if string.find(found.err, 'NOGROUP') then return end  -- Redis was emptied: nothing to keep
    return found
  end
  if #found > 0 then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'JUSTID')
  end
end
"""

# KEYS: events. ARGV: group, consumer, id, count of deliveries. It stays with its consumer, which keeps it no
# longer; JUSTID leaves the count as it is given.
PUT_BACK = """
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2]) > 0 then
  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', ARGV[4], 'JUSTID')
end
"""

# KEYS: events, dead letters, lane. ARGV: id of the dead letter, order key, body. Of two at once, one does it.
RETRY = """
if redis.call('XDEL', KEYS[2], ARGV[1]) == 0 then return 0 end
local id = redis.call('XADD', KEYS[1], '*', 'order_key', ARGV[2], 'body', ARGV[3])
redis.call('RPUSH', KEYS[3], id)
return 1
"""

# KEYS: events, lane. ARGV: group, id. Not a transaction: a Redis that is full takes none, and
# working off the inbox is what frees its memory.
FINISH = """
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('XDEL', KEYS[1], ARGV[2])
redis.call('LREM', KEYS[2], 1, ARGV[2])
"""

# KEYS: events, dead letters, lane. ARGV: group, id, order key, body, attempts, reason, limit, lifetime in s.
BURY = """
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('LREM', KEYS[3], 1, ARGV[2])
if redis.call('XDEL', KEYS[1], ARGV[2]) == 0 then return end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], '*', 'id', ARGV[2], 'order_key', ARGV[3],
  'body', ARGV[4], 'attempts', ARGV[5], 'reason', ARGV[6])
redis.call('EXPIRE', KEYS[2], ARGV[8])
"""

# KEYS: events. ARGV: group, idle ms. Every start of a worker brings a new consumer; this drops the old ones.
DROP_GONE_CONSUMERS = """
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = {}
  for i = 1, #row, 2 do consumer[row[i]] = row[i + 1] end
  if consumer['pending'] == 0 and consumer['idle'] > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer['name'])
  end
end
"""
