"""Which weekly digests were posted, in Redis: one mark each, first a claim and then "posted"."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from redis.asyncio import Redis

from bot.ports import Claim, DigestPosting
from bot.stores import keys
from bot.stores.redis_errors import asking_redis

_POSTED = "posted"
_KEPT = timedelta(days=keys.DIGEST_POSTED_DAYS)

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

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> Claim:
        """Say whether `by` may post now; not while anyone's claim stands, its own included."""
        key, claim = keys.digest_mark(team_id, channel_id, week), f"claimed by {by}"
        async with asking_redis("take a claim on the digest"):
            is_ours = await self._redis.set(
                key, claim, nx=True, ex=timedelta(minutes=keys.DIGEST_CLAIM_MINUTES)
            )
            standing = None if is_ours else await self._redis.get(key)
        if is_ours:
            self._claims[key] = claim
            return "ours"
        return "posted" if standing == _POSTED else "theirs"

    async def begin(self, team_id: str, channel_id: str, week: str, now: datetime) -> DigestPosting:
        """Remember that it is being posted, before it is."""
        key, ours = keys.digest_posting(team_id, channel_id, week), f"{uuid4().hex} {now.isoformat()}"
        async with asking_redis("give the id of the digest"), self._redis.pipeline() as commands:
            commands.set(key, ours, nx=True, ex=_KEPT)
            commands.get(key)
            _, stored = await commands.execute()
        post_id, _, first = str(stored).partition(" ")
        return DigestPosting(post_id, None if stored == ours else datetime.fromisoformat(first))

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        """Remember that it was posted."""
        key = keys.digest_mark(team_id, channel_id, week)
        async with asking_redis("remember that the digest was posted"):
            await self._redis.set(key, _POSTED, ex=_KEPT)
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
