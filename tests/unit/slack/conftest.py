from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving() as surroundings:
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
