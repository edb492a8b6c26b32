"""What was sent of our own accord, in Redis: one hash for each recipient and kind, and what was told by it.

An attempt has a random id from its first claim until it is confirmed, and what it tells is written down
before it is posted: whoever takes over from someone who died can find the message by the id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog
from redis.asyncio import Redis

from bot.erasure import ErasePerson, Erasure
from bot.ports import Attempt
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like

log = structlog.get_logger(__name__)

CLOCKS_DIFFER_S = 3_600
"""A mark that is further ahead was set by a clock that was wrong."""
_CLAIM_SECONDS = int(timedelta(minutes=keys.OUTREACH_CLAIM_MINUTES).total_seconds())

# KEYS: hash. ARGV: by, now, end of the claim, quiet since or "", new reply id, how far clocks may differ.
# What is from a time that is still to come, by our clock and the server's, was set by a clock that was wrong.
_CLAIM = """
local latest = math.max(tonumber(ARGV[2]), tonumber(redis.call('TIME')[1])) + tonumber(ARGV[6])
local sent, ends, id = unpack(redis.call('HMGET', KEYS[1], 'sent_at', 'claimed_until', 'reply_id'))
local was_ahead = 0
if sent and tonumber(sent) > latest then
  redis.call('HDEL', KEYS[1], 'sent_at')
  sent, was_ahead = false, 1
end
if ends and tonumber(ends) - (tonumber(ARGV[3]) - tonumber(ARGV[2])) > latest then
  redis.call('HDEL', KEYS[1], 'by', 'claimed_until')
  ends, was_ahead = false, 1
end
if sent and ARGV[4] ~= '' and tonumber(sent) >= tonumber(ARGV[4]) then return {was_ahead} end
if ends and tonumber(ends) > tonumber(ARGV[2]) then return {was_ahead} end
if not id then
  id = ARGV[5]
  redis.call('HSET', KEYS[1], 'reply_id', id)
end
redis.call('HSET', KEYS[1], 'by', ARGV[1], 'claimed_until', ARGV[3])
return {was_ahead, id, redis.call('HGET', KEYS[1], 'items') or '[]'}
"""
# KEYS: hash. ARGV: by, now, items.
_INTEND = """
if redis.call('HGET', KEYS[1], 'by') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'begun_at', ARGV[2], 'items', ARGV[3])
return 1
"""
# KEYS: hash, told. ARGV: reply id.
_CONFIRM = """
if redis.call('HGET', KEYS[1], 'reply_id') ~= ARGV[1] then return end
local at, items = unpack(redis.call('HMGET', KEYS[1], 'begun_at', 'items'))
for _, item in ipairs(cjson.decode(items)) do redis.call('HSET', KEYS[2], item, at) end
redis.call('HSET', KEYS[1], 'sent_at', at)
redis.call('HDEL', KEYS[1], 'reply_id', 'items', 'begun_at', 'by', 'claimed_until')
"""
# KEYS: hash. ARGV: by.
_RELEASE = """
if redis.call('HGET', KEYS[1], 'by') == ARGV[1] then redis.call('HDEL', KEYS[1], 'by', 'claimed_until') end
"""


class RedisOutreachMarks:
    """Implements `bot.ports.OutreachMarks`, and `HoldsWords` for the ids of people in its keys."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def claim(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, quiet_since: datetime | None
    ) -> Attempt | None:
        """Return the attempt that `by` may make now, or None."""
        begins = _seconds(now)
        quiet = "" if quiet_since is None else _seconds(quiet_since)
        async with asking_redis("take a claim on a message"):
            claimed = await self._redis.eval(
                _CLAIM,
                1,
                keys.outreach(team_id, kind, to),
                by,
                begins,
                begins + _CLAIM_SECONDS,
                quiet,
                uuid4().hex,
                CLOCKS_DIFFER_S,
            )
        was_ahead, *attempt = claimed
        if was_ahead:
            log.warning("mark_was_ahead", kind=kind, to=to)
        if not attempt:
            return None
        reply_id, items = attempt
        return Attempt(str(reply_id), tuple(json.loads(items)))

    async def intend(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, items: Sequence[str]
    ) -> bool:
        """Write down what is about to be told; False when the claim is no longer ours."""
        async with asking_redis("write down what a message tells"):
            is_ours = await self._redis.eval(
                _INTEND, 1, keys.outreach(team_id, kind, to), by, _seconds(now), json.dumps(list(items))
            )
        return bool(is_ours)

    async def confirm(self, team_id: str, kind: str, to: str, attempt: Attempt) -> None:
        """Remember that what was intended was told."""
        async with asking_redis("remember that a message was sent"):
            await self._redis.eval(
                _CONFIRM, 2, keys.outreach(team_id, kind, to), keys.told(team_id, kind), attempt.reply_id
            )

    async def release(self, team_id: str, kind: str, to: str, *, by: str) -> None:
        """Give our claim back; nothing happens when there is none."""
        async with asking_redis("give back the claim on a message"):
            await self._redis.eval(_RELEASE, 1, keys.outreach(team_id, kind, to), by)

    async def told(self, team_id: str, kind: str, now: datetime) -> Mapping[str, datetime]:
        """Return what was told by messages of a kind, and when last."""
        key = keys.told(team_id, kind)
        async with asking_redis("say what was told"):
            rows = await self._redis.hgetall(key)
        stored = {str(item): int(at) for item, at in rows.items()}
        if ahead := await self._ahead(stored, now):
            log.warning("marks_were_ahead", kind=kind, marks=len(ahead))
            async with asking_redis("forget marks from a time that is still to come"):
                await self._redis.hdel(key, *ahead)
            stored = {item: at for item, at in stored.items() if item not in ahead}
        return {item: datetime.fromtimestamp(at, UTC) for item, at in stored.items()}

    async def _ahead(self, stored: Mapping[str, int], now: datetime) -> list[str]:
        latest = _seconds(now) + CLOCKS_DIFFER_S
        if all(at <= latest for at in stored.values()):
            return []
        async with asking_redis("say what time it is"):
            by_server, _ = await self._redis.time()
        # Our own clock may be the one that is wrong: two have to agree.
        latest = max(latest, by_server + CLOCKS_DIFFER_S)
        return [item for item, at in stored.items() if at > latest]

    async def note(self, team_id: str, kind: str, items: Sequence[str], now: datetime) -> None:
        """Count as told what cannot be told to anybody."""
        async with asking_redis("remember what cannot be told"):
            await self._redis.hset(keys.told(team_id, kind), mapping=dict.fromkeys(items, str(_seconds(now))))

    async def erase(self, erasure: Erasure) -> int:
        """Forget when a person was written to; what was told names no people. Raises StoreUnavailable."""
        if not isinstance(erasure, ErasePerson):
            return 0
        async with asking_redis("forget what was sent to a person", within_s=keys.SWEEP_SECONDS):
            sent = await keys_like(self._redis, keys.outreach_of_team(erasure.team_id))
            theirs = [key for key in sent if key.endswith(keys.outreach_end(erasure.user_id))]
            return sum([int(await self._redis.unlink(key)) for key in theirs])


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
