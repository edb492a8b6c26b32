from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from bot.answer import Reference
from bot.app import open_reference
from bot.settings import Settings
from tests.fake_model.server import FakeModel

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"), redis_url=None, slack_bot_token=None, slack_app_token=None
    )
    with open_reference(settings, lambda _line: None) as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[FakeModel]:
    async with FakeModel() as running:
        yield running
