"""In Redis: where we said hello, and who opened their Home."""

from __future__ import annotations

from datetime import timedelta

from redis.asyncio import Redis

from bot.erasure import ErasePerson, Erasure
from bot.stores import keys
from bot.stores.redis_errors import asking_redis

HOME_LIVES = timedelta(days=keys.HOME_DAYS)


class RedisFirstContacts:
    """Implements `bot.ports.FirstContacts`, and `HoldsWords` for the ids of people in its keys."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def was_greeted(self, team_id: str, channel_id: str) -> bool:
        """Say whether we said hello in a channel. Raises StoreUnavailable."""
        async with asking_redis("look up a greeting"):
            return bool(await self._redis.sismember(keys.greeted_channels(team_id), channel_id))

    async def mark_greeted(self, team_id: str, channel_id: str) -> None:
        """Remember that we did. Raises StoreUnavailable."""
        async with asking_redis("keep a greeting"):
            await self._redis.sadd(keys.greeted_channels(team_id), channel_id)

    async def home_days(self, team_id: str, user_id: str) -> int | None:
        """Return how many days a person's Home looks back; None when they have not opened it lately.

        Raises StoreUnavailable.
        """
        async with asking_redis("look up a Home"):
            days = await self._redis.get(keys.home(team_id, user_id))
        return None if days is None else int(days)

    async def keep_home(self, team_id: str, user_id: str, days: int) -> None:
        """Remember that a person opened their Home, and how far it looks back. Raises StoreUnavailable."""
        async with asking_redis("keep a Home"):
            await self._redis.set(keys.home(team_id, user_id), days, ex=HOME_LIVES)

    async def erase(self, erasure: Erasure) -> int:
        """Forget that a person opened their Home; nothing else here has an id of a person.

        Raises StoreUnavailable.
        """
        if not isinstance(erasure, ErasePerson):
            return 0
        async with asking_redis("forget a Home"):
            return int(await self._redis.delete(keys.home(erasure.team_id, erasure.user_id)))
