"""The steps of the ledger that must happen at once, as Lua for Redis.

An account is a hash of counts. What is set aside stands in it as one field for each call under way,
`reserved:<ms since 1970 when it runs out>:<micro-dollars>:<random>`, with the tokens as its value. The
clock is the server's.
"""

from __future__ import annotations

RESERVED_PREFIX = "reserved:"
UNREADABLE = "unreadable"
"""Returned, with nothing changed, when an account holds something that is no count."""

_CLOCK = """
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
"""

_READ_ACCOUNT = """
local function read_account(key)
  local counts, reservations = {}, {}
  local fields = redis.call('HGETALL', key)
  for i = 1, #fields, 2 do
    local name, count = fields[i], string.match(fields[i + 1], '^%d+$')
    if not count then return nil end
    local ends_ms, micro_usd = string.match(name, '^reserved:(%d+):(%d+):')
    if ends_ms then
      table.insert(reservations, {
        name = name, ends_ms = tonumber(ends_ms), micro_usd = tonumber(micro_usd), tokens = tonumber(count)
      })
    else
      counts[name] = tonumber(count)
    end
  end
  return counts, reservations
end
"""

# KEYS: accounts of person, channel, workspace. ARGV: tokens, budgets of the three in tokens, the workspace's
# in micro-dollars, random, how long it is set aside in ms, lifetime in s, micro-dollars.
# Returns "" or the kind of the account whose budget is used up.
RESERVE = (
    _CLOCK
    + _READ_ACCOUNT
    + """
local kinds = {'person', 'channel', 'workspace'}
for i, key in ipairs(KEYS) do
  local counts, reservations = read_account(key)
  if not counts then return 'unreadable' end
  local budget = tonumber(ARGV[i + 1])
  local used, cost = (counts['tokens_in'] or 0) + (counts['tokens_out'] or 0), counts['cost_micro_usd'] or 0
  for _, reservation in ipairs(reservations) do
    if reservation.ends_ms > now_ms then
      used, cost = used + reservation.tokens, cost + reservation.micro_usd
    end
  end
  if budget <= 0 or used + tonumber(ARGV[1]) > budget then return kinds[i] end
  local most = tonumber(ARGV[5])
  if kinds[i] == 'workspace' and (cost >= most or cost + tonumber(ARGV[9]) > most) then return kinds[i] end
end
local name = string.format('reserved:%.0f:%s:%s', now_ms + tonumber(ARGV[7]), ARGV[9], ARGV[6])
for _, key in ipairs(KEYS) do
  redis.call('HSET', key, name, ARGV[1])
  redis.call('EXPIRE', key, ARGV[8])
end
return ''
"""
)

# KEYS: accounts of person, channel, workspace, then their set. ARGV: reserved tokens, lifetime in s, names of
# the three, then pairs of a count and what is added to it.
# Reservations of one size stand for each other. The newest goes, so that one that nobody settles runs out.
SETTLE = (
    _CLOCK
    + _READ_ACCOUNT
    + """
local settled = {}
for i = 1, 3 do
  local counts, reservations = read_account(KEYS[i])
  if not counts then return 'unreadable' end
  local newest = nil
  settled[i] = {}
  for _, reservation in ipairs(reservations) do
    local is_newer = not newest or reservation.ends_ms > newest.ends_ms
    if reservation.ends_ms <= now_ms then
      table.insert(settled[i], reservation.name)
    elseif reservation.tokens == tonumber(ARGV[1]) and is_newer then
      newest = reservation
    end
  end
  if newest then table.insert(settled[i], newest.name) end
end
for i = 1, 3 do
  for _, name in ipairs(settled[i]) do redis.call('HDEL', KEYS[i], name) end
  for j = 6, #ARGV, 2 do redis.call('HINCRBY', KEYS[i], ARGV[j], ARGV[j + 1]) end
  redis.call('EXPIRE', KEYS[i], ARGV[2])
  redis.call('SADD', KEYS[4], ARGV[i + 2])
end
redis.call('EXPIRE', KEYS[4], ARGV[2])
return ''
"""
)
