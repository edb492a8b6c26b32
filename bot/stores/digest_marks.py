"""Which weekly digests were posted, in Redis: one mark each, first a claim and then "posted"."""

from __future__ import annotations

from datetime import timedelta

from redis.asyncio import Redis

from bot.stores import keys
from bot.stores.redis_errors import asking_redis

_POSTED = "posted"

# KEYS: mark. ARGV: our claim. A claim that ran out may be someone else's by now.
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""


class RedisDigestMarks:
    """Implements `bot.ports.DigestMarks`.

    A claim runs out after DIGEST_CLAIM_MINUTES, so that the digest of someone who died is posted by another.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._claims: dict[str, str] = {}

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> bool:
        """Say whether `by` may post now: false while anyone's claim stands, its own too, and once posted."""
        key, claim = keys.digest_mark(team_id, channel_id, week), f"claimed by {by}"
        async with asking_redis("take a claim on the digest"):
            is_ours = await self._redis.set(
                key, claim, nx=True, ex=timedelta(minutes=keys.DIGEST_CLAIM_MINUTES)
            )
        if is_ours:
            self._claims[key] = claim
        return bool(is_ours)

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        """Remember that it was posted."""
        key = keys.digest_mark(team_id, channel_id, week)
        async with asking_redis("remember that the digest was posted"):
            await self._redis.set(key, _POSTED, ex=timedelta(days=keys.DIGEST_POSTED_DAYS))
        self._claims.pop(key, None)

    async def release(self, team_id: str, channel_id: str, week: str) -> None:
        """Give our own claim back; nothing happens when there is none."""
        key = keys.digest_mark(team_id, channel_id, week)
        claim = self._claims.get(key)
        if claim is None:
            return
        async with asking_redis("give back the claim on the digest"):
            await self._redis.eval(_RELEASE, 1, key, claim)
        self._claims.pop(key, None)
