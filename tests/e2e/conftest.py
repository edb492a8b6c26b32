from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import BotProcess, RedisProcess, app_scopes
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one directory for all bots, so that the index is built once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Serve a workspace where the app is installed from the real manifest."""
    async with FakeSlack(app_scopes()) as fake:
        yield fake


@pytest.fixture
async def redis_process() -> AsyncIterator[RedisProcess]:
    # Not tmp_path: a socket's path may have 107 bytes at most.
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        # Killed at any instant it must not have forgotten what it answered.
        running = RedisProcess(Path(directory), options=("--appendfsync", "always"))
        await running.start()
        try:
            yield running
        finally:
            running.kill()


@pytest.fixture
def make_bot(
    slack: FakeSlack, redis_process: RedisProcess, data_dir: Path, tmp_path: Path
) -> Iterator[Callable[..., BotProcess]]:
    """Make bots that are not started yet; what still runs is killed at the end."""
    with ExitStack() as stack:

        def make(name: str = "bot", **changes: Any) -> BotProcess:
            made = replace(
                BotProcess(slack, redis_process.url, data_dir, tmp_path / f"{name}.log"), **changes
            )
            stack.callback(made.end)
            return made

        yield make


@pytest.fixture
async def bot(make_bot: Callable[..., BotProcess]) -> BotProcess:
    """Start the bot, which finds its index built by an earlier test or builds it."""
    made = make_bot()
    await made.start()
    return made


@pytest.fixture
def ana(slack: FakeSlack) -> str:
    return slack.add_user("ana")


@pytest.fixture
def ben(slack: FakeSlack) -> str:
    return slack.add_user("ben")


@pytest.fixture
def general(slack: FakeSlack, ana: str, ben: str) -> Channel:
    return slack.add_channel("general", {ana, ben})
