from __future__ import annotations

import asyncio

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MaxConnectionsError, RedisError, ResponseError

from bot.errors import StoreUnavailable
from bot.stores.redis_errors import asking_redis, why


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ResponseError("MISCONF Redis is configured to save RDB snapshots"), "cannot write to its disk"),
        (
            ResponseError("Error running script: @user_script:3: -READONLY You can't write"),
            "read-only replica",
        ),
        (ResponseError("LOADING Redis is loading the dataset in memory"), "still loading"),
        (MaxConnectionsError(), "too many requests"),
        (RedisConnectionError("Connection closed by server."), "Connection closed by server."),
        (
            ResponseError("unknown command `EVAL`, with args beginning with: `secret`"),
            "unknown command `EVAL`",
        ),
        (ResponseError("first line\nsecond line"), "first line"),
        (RedisError(), "RedisError"),
    ],
)
def test_every_error_is_explained_in_one_line(error: RedisError, expected: str) -> None:
    line = why(error)

    assert expected in line
    assert "\n" not in line
    assert "secret" not in line


@pytest.mark.parametrize(
    "error",
    [ResponseError("ERR"), RedisConnectionError(), ConnectionRefusedError(), TimeoutError(), OSError(5)],
)
async def test_every_failure_of_redis_is_unavailability(error: Exception) -> None:
    with pytest.raises(StoreUnavailable, match=r"^Redis did not count: .+") as caught:
        async with asking_redis("count"):
            raise error

    assert caught.value.__cause__ is error


async def test_what_takes_too_long_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable, match="no answer within 0 s"):
        async with asking_redis("count", within_s=0):
            await asyncio.Event().wait()


async def test_our_own_mistakes_are_not_mistaken_for_redis() -> None:
    with pytest.raises(ValueError, match="ours"):
        async with asking_redis("count"):
            raise ValueError("ours")
