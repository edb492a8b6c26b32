"""How language models did in their exams, in Redis: one JSON for each model and version of the prompt."""

from __future__ import annotations

from redis.asyncio import Redis

from bot.exam import ExamResult
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}


class RedisExams:
    """The kept results. Each stands until the model is examined again."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def load(self, model: str, prompt_version: str) -> ExamResult | None:
        """Return the result, or None. Raises StoreUnavailable and StoredDataInvalid."""
        async with asking_redis("say how the language model did in its exam"):
            stored = await self._redis.get(keys.exam(model, prompt_version))
        return None if stored is None else read_stored(ExamResult, str(stored), "the exam", MIGRATIONS)

    async def save(self, result: ExamResult) -> None:
        """Keep a result, in place of an earlier one. Raises StoreUnavailable."""
        async with asking_redis("keep the result of the exam"):
            await self._redis.set(keys.exam(result.model, result.prompt_version), result.model_dump_json())
