"""Which replies were posted where, in Redis: an id for each inbox entry, and the ts once it is posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from redis.asyncio import Redis

from bot.ports import Spot
from bot.stores import keys
from bot.stores.redis_errors import asking_redis

_LIFETIME = timedelta(days=keys.POSTED_REPLY_DAYS)


class RedisPostedReplies:
    """Implements `bot.ports.PostedReplies`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def reply_id(self, team_id: str, entry_id: str) -> str:
        """Return the random id of the reply to an inbox entry: the same one for the same entry."""
        key = keys.reply_id(team_id, entry_id)
        async with (
            asking_redis("give the id of the reply"),
            self._redis.pipeline(transaction=True) as commands,
        ):
            commands.set(key, uuid4().hex, nx=True, ex=_LIFETIME)
            commands.get(key)
            _, stored = await commands.execute()
        return str(stored)

    async def posted_ts(self, team_id: str, reply_id: str) -> str | None:
        """Return the ts of the message that was posted for it, or None."""
        async with asking_redis("say whether the reply was posted"):
            ts = await self._redis.get(keys.posted_ts(team_id, reply_id))
        return None if ts is None else str(ts)

    async def mark_posted(self, team_id: str, reply_id: str, ts: str) -> None:
        """Remember that it was posted."""
        async with asking_redis("remember that the reply was posted"):
            await self._redis.set(keys.posted_ts(team_id, reply_id), ts, ex=_LIFETIME)

    async def mark_shown(self, team_id: str, decision_id: str, spot: Spot) -> None:
        """Remember that a message shows this recommendation."""
        key = keys.shown_decision(team_id, decision_id)
        async with (
            asking_redis("remember where the decision stands"),
            self._redis.pipeline(transaction=True) as commands,
        ):
            commands.hset(key, f"{spot.channel_id}:{spot.ts}", spot.thread_ts)
            commands.expire(key, timedelta(days=keys.SHOWN_DECISION_DAYS))
            await commands.execute()

    async def shown_at(self, team_id: str, decision_id: str) -> Sequence[Spot]:
        """Return where messages with this recommendation stand, the newest first."""
        async with asking_redis("say where the decision stands"):
            stored = await self._redis.hgetall(keys.shown_decision(team_id, decision_id))
        spots = [_spot(str(name), str(thread_ts)) for name, thread_ts in stored.items()]
        return sorted(spots, key=lambda spot: spot.ts, reverse=True)


def _spot(name: str, thread_ts: str) -> Spot:
    channel_id, _, ts = name.rpartition(":")
    return Spot(channel_id, ts, thread_ts)
