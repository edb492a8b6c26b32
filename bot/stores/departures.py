"""Workspaces that the app was removed from, in Redis: when all of theirs is due to go, and its going."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from redis.asyncio import Redis

from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like


class RedisDepartures:
    """Implements `bot.ports.Departures`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def note(self, team_id: str, due: datetime) -> None:
        """Remember when everything of a workspace is to be deleted; an earlier note stays."""
        async with asking_redis("note that the app was removed"):
            await self._redis.zadd(keys.DEPARTURES, {team_id: due.timestamp()}, nx=True)

    async def forget(self, team_id: str) -> bool:
        """Take the note back; False when there is none."""
        async with asking_redis("note that the app is there again"):
            return bool(await self._redis.zrem(keys.DEPARTURES, team_id))

    async def due(self, now: datetime) -> Sequence[str]:
        """Return the workspaces whose time has come, the first one first."""
        async with asking_redis("list the workspaces that the app was removed from"):
            found = await self._redis.zrange(keys.DEPARTURES, "-inf", str(now.timestamp()), byscore=True)
        return [str(team_id) for team_id in found]


class RedisWorkspaces:
    """Implements `bot.ports.Workspaces`: everything in Redis under a workspace's own keys but one.

    Its installation is deleted as soon as the app is removed; whoever installs it again has a new one.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def delete(self, team_id: str) -> int:
        """Delete every key of a workspace, and its name from the lists of workspaces. Again, it returns 0.

        Raises StoreUnavailable. What was deleted by then stays so.
        """
        async with asking_redis("delete a workspace", within_s=keys.SWEEP_SECONDS):
            theirs = set(await keys_like(self._redis, keys.all_of_team(team_id)))
            theirs.discard(keys.installation(team_id))
            deleted = sum([int(await self._redis.unlink(key)) for key in sorted(theirs)])
            lists = await keys_like(self._redis, keys.USAGE_TEAMS_BEGIN)
            for key in (keys.TEAMS, keys.FEEDBACK_TEAMS, *lists):
                await self._redis.srem(key, team_id)
        return deleted
