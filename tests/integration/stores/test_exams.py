from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import StoredDataInvalid
from bot.exam import ExamResult, GroupResult
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.exams import RedisExams

RESULT = ExamResult(
    model="openai:gpt",
    prompt_version="abc",
    taken_at=datetime(2026, 11, 28, tzinfo=UTC),
    items=100,
    failures=1,
    groups={"task": GroupResult(proposals=40, right=36, by_chance=0.1, weight=40.5, silence=0.2)},
)


async def test_a_result_comes_back_as_it_was(redis_clients: RedisClients) -> None:
    exams = RedisExams(redis_clients.quick)
    await exams.save(RESULT)
    assert await exams.load("openai:gpt", "abc") == RESULT


async def test_another_model_or_prompt_has_no_result(redis_clients: RedisClients) -> None:
    exams = RedisExams(redis_clients.quick)
    await exams.save(RESULT)
    assert await exams.load("openai:gpt", "abd") is None
    assert await exams.load("openai:gpt2", "abc") is None


async def test_a_later_exam_takes_the_place_of_an_earlier_one(redis_clients: RedisClients) -> None:
    exams = RedisExams(redis_clients.quick)
    await exams.save(RESULT)
    later = RESULT.model_copy(update={"failures": 0})
    await exams.save(later)
    assert await exams.load("openai:gpt", "abc") == later


async def test_a_result_that_cannot_be_read_is_said_to_be_one(redis_clients: RedisClients) -> None:
    await redis_clients.quick.set(keys.exam("openai:gpt", "abc"), '{"schema_version": 1, "model": 3}')
    with pytest.raises(StoredDataInvalid, match="the exam"):
        await RedisExams(redis_clients.quick).load("openai:gpt", "abc")
