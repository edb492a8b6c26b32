from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.slack.scopes import needed
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


@pytest.fixture
def by_http() -> bool:
    """Say whether Slack's requests come by HTTP; a module may ask for both ways."""
    return False


@pytest.fixture
async def around(by_http: bool) -> AsyncIterator[Surroundings]:  # noqa: FBT001 - a fixture
    async with serving(FakeSlack(needed(), by_http=by_http)) as surroundings:
        yield surroundings


@pytest.fixture
def ana(around: Surroundings) -> str:
    return around.slack.add_user("ana")


@pytest.fixture
def ben(around: Surroundings) -> str:
    return around.slack.add_user("ben")


@pytest.fixture
def general(around: Surroundings, ana: str, ben: str) -> Channel:
    return around.slack.add_channel("general", {ana, ben})
