"""The real dialogue, on an index of its own: shared, because it keeps nothing of a conversation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import open_reference
from bot.dialogue import Dialogue
from bot.settings import Settings


@pytest.fixture(scope="session")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"), redis_url=None, slack_bot_token=None, slack_app_token=None
    )
    with open_reference(settings, lambda _line: None) as reference:
        yield Dialogue(reference)
