"""Fixtures for every kind of test: a real Redis of our own, emptied for each test that asks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from hypothesis import settings

from bot.stores.connection import RedisClients, open_redis
from bot.stores.server import RunningRedis, start_redis

# How long an example takes says how busy the machine is, and nothing about the code. What is drawn is the
# same every time, so that a change that passed does not fail elsewhere; `make explore` draws anew.
settings.register_profile("the same every time", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile("the same every time")


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Undo what a command that ran in this process set up: its log would go to a stream that is closed."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRedis]:
    """One server for all tests. What it holds is left from other tests; see `redis_url`."""
    with start_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
async def redis_clients(redis_server: RunningRedis) -> AsyncIterator[RedisClients]:
    """Clients of an empty Redis."""
    async with await open_redis(redis_server.url) as clients:
        await clients.quick.flushall()
        yield clients


@pytest.fixture
def redis_url(redis_server: RunningRedis, redis_clients: RedisClients) -> str:
    """The address of an empty Redis, for processes that connect by themselves."""
    assert redis_clients.address == str(redis_server.socket)
    return redis_server.url
