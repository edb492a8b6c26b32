"""How often terms were asked about, in Redis: one hash for each channel and week, holding names alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from redis.asyncio import Redis

from bot.stores import keys
from bot.stores.redis_errors import asking_redis


class RedisTermCounts:
    """Implements `bot.ports.TermCounts`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def count(self, team_id: str, channel_id: str, week: str, term: str) -> None:
        """Count one question."""
        key = keys.term_counts(team_id, channel_id, week)
        async with asking_redis("count the term"), self._redis.pipeline() as commands:
            commands.hincrby(key, term, 1)
            commands.expire(key, timedelta(days=keys.TERM_COUNT_DAYS))
            await commands.execute()

    async def most_asked(
        self, team_id: str, channel_id: str, weeks: Sequence[str], most: int
    ) -> Sequence[tuple[str, int]]:
        """Return the terms that were asked about most in these weeks, with how often."""
        counted: Counter[str] = Counter()
        async with asking_redis("give the counts of terms"), self._redis.pipeline() as commands:
            for week in weeks:
                commands.hgetall(keys.term_counts(team_id, channel_id, week))
            for row in await commands.execute():
                counted.update({str(term): int(times) for term, times in row.items()})
        return ranked(counted)[:most]


def ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    """Return terms and counts, the highest first, equals by name."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
