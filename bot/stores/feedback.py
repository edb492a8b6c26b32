"""Feedback in Redis: one JSON for each person and answer, and an index by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from bot.erasure import EraseDecision, EraseOld, ErasePerson, Erasure
from bot.feedback import Feedback
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far."""

_LIFETIME = timedelta(days=keys.FEEDBACK_DAYS)


class RedisFeedback:
    """Implements `bot.ports.FeedbackBox`. What is old expires by itself."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def keep(self, feedback: Feedback) -> None:
        """Keep a verdict in place of the same person's earlier one. Raises StoreUnavailable."""
        key = keys.feedback(feedback.team_id, feedback.about, feedback.by)
        by_time = keys.feedback_by_time(feedback.team_id)
        async with asking_redis("keep feedback"):
            earlier = await self._redis.get(key)
            kept = feedback.after(None if earlier is None else _read(str(earlier)))
            # Before the verdict: a workspace listed in vain is harmless.
            await self._redis.sadd(keys.FEEDBACK_TEAMS, feedback.team_id)
            async with self._redis.pipeline(transaction=True) as commands:
                commands.set(key, kept.model_dump_json(), ex=_LIFETIME)
                commands.zadd(by_time, {key: feedback.at.timestamp()})
                commands.zremrangebyscore(by_time, 0, (feedback.at - _LIFETIME).timestamp())
                commands.expire(by_time, _LIFETIME)
                await commands.execute()

    async def erase(self, erasure: Erasure) -> int:
        """Forget what a person said of answers, or what was said of one decision. Old ones run out.

        Raises StoreUnavailable.
        """
        match erasure:
            case ErasePerson(user_id=user_id):
                end, beginning = keys.feedback_end(user_id), keys.feedback_of_team(erasure.team_id)
            case EraseDecision(decision_id=decision_id):
                end, beginning = "", keys.feedback_about(erasure.team_id, decision_id)
            case EraseOld():
                return 0
        async with asking_redis("forget feedback", within_s=keys.SWEEP_SECONDS):
            by_time = keys.feedback_by_time(erasure.team_id)
            # What has run out is listed until the next verdict; its key names the person, too.
            listed = map(str, await self._redis.zrange(by_time, 0, -1))
            known = {*await keys_like(self._redis, beginning), *listed}
            meant = [key for key in known if key.startswith(beginning) and key.endswith(end)]
            forgotten = [int(await self._redis.unlink(key)) for key in meant]
            if meant:
                await self._redis.zrem(by_time, *meant)
        return sum(forgotten)

    async def since(self, since: datetime, team_id: str = "") -> list[Feedback]:
        """Return the verdicts since then, oldest first, of one workspace or of all.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        found: list[Feedback] = []
        async with asking_redis("list the workspaces"):
            teams = {team_id} if team_id else await self._redis.smembers(keys.FEEDBACK_TEAMS)
        for team in sorted(map(str, teams)):
            async with asking_redis("list the feedback"):
                listed = await self._redis.zrange(
                    keys.feedback_by_time(team), since.astimezone(UTC).timestamp(), "+inf", byscore=True
                )
                # A verdict may have expired since it was listed.
                rows = await self._redis.mget([str(key) for key in listed]) if listed else []
                found += [_read(str(row)) for row in rows if row is not None]
        return sorted(found, key=lambda feedback: feedback.at)


def _read(stored: str) -> Feedback:
    return read_stored(Feedback, stored, "feedback", MIGRATIONS)
