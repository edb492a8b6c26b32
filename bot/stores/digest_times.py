"""When digests are due, in Redis: a sorted set by time, and a hash of the first week not covered yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from redis.asyncio import Redis

from bot.ports import DigestDue
from bot.stores import keys
from bot.stores.redis_errors import asking_redis

FURTHEST = timedelta(days=15)
"""No digest is due later: it comes once a week, and the coming one may have been posted before its time."""

# KEYS: due, from. ARGV: channel, time or "", week, the time that it must have now (only with a fourth).
_PUT = """
local at = redis.call('ZSCORE', KEYS[1], ARGV[1]) or ''
if ARGV[4] and at ~= '' and tonumber(at) ~= tonumber(ARGV[4]) then return 0 end
if ARGV[4] and at == '' then return 0 end
if ARGV[2] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1
"""


class RedisDigestTimes:
    """Implements `bot.ports.DigestTimes`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def of_channel(self, team_id: str, channel_id: str) -> DigestDue | None:
        """Return what is known of one channel."""
        async with asking_redis("say when the digest is due"), self._redis.pipeline() as commands:
            commands.zscore(keys.digests_due(team_id), channel_id)
            commands.hget(keys.digests_from(team_id), channel_id)
            at, from_week = await commands.execute()
        if from_week is None:
            return None
        return DigestDue(channel_id, None if at is None else _moment(at), str(from_week))

    async def due(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        """Return what is due by now, longest due first."""
        return await self._between(team_id, "-inf", str(now.timestamp()), most)

    async def ahead(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        """Return what is due so late that a wrong clock set it: ours and the server's agree on that."""
        async with asking_redis("say what time it is"):
            by_server, _ = await self._redis.time()
        latest = max(now.timestamp(), by_server) + FURTHEST.total_seconds()
        return await self._between(team_id, f"({latest}", "+inf", most)

    async def _between(self, team_id: str, first: str, last: str, most: int) -> Sequence[DigestDue]:
        async with asking_redis("say which digests are due"):
            found = await self._redis.zrangebyscore(
                keys.digests_due(team_id), first, last, start=0, num=most, withscores=True
            )
            rows = cast(list[tuple[str, float]], found)
            if not rows:
                return []
            weeks = await self._redis.hmget(keys.digests_from(team_id), [channel for channel, _ in rows])
        return [
            DigestDue(channel, _moment(at), str(week or ""))
            for (channel, at), week in zip(rows, weeks, strict=True)
        ]

    async def put(self, team_id: str, next_: DigestDue) -> None:
        """Set when a channel's digest is due, or that it is off."""
        async with asking_redis("keep when the digest is due"):
            await self._redis.eval(_PUT, 2, *_keys(team_id), *_row(next_))

    async def move(self, team_id: str, due: DigestDue, next_: DigestDue) -> bool:
        """Do the same unless somebody has set another time since `due` was read; False then."""
        async with asking_redis("keep when the digest is due"):
            is_moved = await self._redis.eval(_PUT, 2, *_keys(team_id), *_row(next_), _seconds(due.at))
        return bool(is_moved)


def _keys(team_id: str) -> tuple[str, str]:
    return keys.digests_due(team_id), keys.digests_from(team_id)


def _row(due: DigestDue) -> tuple[str, str, str]:
    return due.channel_id, _seconds(due.at), due.from_week


def _seconds(at: datetime | None) -> str:
    # Due times are whole minutes of a wall clock, so whole seconds lose nothing.
    return "" if at is None else str(int(at.timestamp()))


def _moment(score: float) -> datetime:
    return datetime.fromtimestamp(float(score), UTC)
