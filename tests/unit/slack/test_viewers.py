from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.slack.audiences import Audiences
from bot.slack.payloads import Me
from bot.slack.scopes import needed
from bot.slack.viewers import KEPT_FOR, Viewers
from bot.slack.web import SlackWeb, open_client
from bot.visibility import Viewer
from tests.fake_slack.faults import Refused
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID, Person
from tests.unit.slack.surroundings import NOW

ME = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)


@dataclass
class _Asking:
    slack: FakeSlack
    web: SlackWeb
    now: datetime = NOW
    viewers: Viewers = field(init=False)

    def __post_init__(self) -> None:
        self.viewers = Viewers(self.web, lambda: self.now, ME)

    @property
    def times_asked(self) -> int:
        return [method for method, _ in self.slack.calls].count("users.info")


async def _asking(scopes: frozenset[str]) -> AsyncIterator[_Asking]:
    async with FakeSlack(scopes) as slack, aiohttp.ClientSession() as session:
        client = open_client(slack.bot_token, slack.api_url)
        client.session = session
        yield _Asking(slack, SlackWeb(client))


@pytest.fixture
async def asking() -> AsyncIterator[_Asking]:
    async for one in _asking(needed()):
        yield one


@pytest.fixture
async def asking_without_scope() -> AsyncIterator[_Asking]:
    async for one in _asking(needed() - {"users:read"}):
        yield one


@pytest.mark.parametrize(
    ("traits", "is_guest", "is_outsider"),
    [
        ({}, False, False),
        ({"is_guest": True}, True, False),
        ({"is_guest_of_one_channel": True}, True, False),
        ({"team_id": "T0OTHER"}, False, True),
        ({"team_id": "T0OTHER", "is_stranger": True}, False, True),
        ({"is_stranger": True}, False, True),
        ({"team_id": ""}, False, True),
    ],
)
async def test_slack_says_who_is_a_guest_and_who_belongs_elsewhere(
    asking: _Asking, traits: dict[str, Any], *, is_guest: bool, is_outsider: bool
) -> None:
    user = asking.slack.add_user("ana", **traits)
    viewer = await asking.viewers.viewer(user, "C1")
    assert viewer == Viewer(user, "C1", is_guest=is_guest, is_outsider=is_outsider)


async def test_what_slack_leaves_out_counts_against(asking: _Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    user = asking.slack.add_user("ana")

    def little(person: Person) -> dict[str, str]:
        return {"id": person.id, "team_id": person.team_id}

    monkeypatch.setattr(Person, "as_json", little)
    assert (await asking.viewers.viewer(user, "C1")).is_guest


async def test_answer_is_kept_for_a_few_minutes_wherever_they_look_from(asking: _Asking) -> None:
    user = asking.slack.add_user("ana")
    await asking.viewers.viewer(user, "C1")
    asking.slack.workspace.users[user].is_guest = True
    asking.now += KEPT_FOR - timedelta(seconds=1)
    assert not (await asking.viewers.viewer(user, "C2")).is_guest
    assert asking.times_asked == 1
    asking.now += timedelta(seconds=1)
    assert (await asking.viewers.viewer(user, "C2")).is_guest
    assert asking.times_asked == 2


async def test_a_clock_that_is_set_back_keeps_nobody_a_member_nor_a_channel_open(asking: _Asking) -> None:
    user, channel = asking.slack.add_user("ana"), asking.slack.add_channel("general", set())
    audiences = Audiences(asking.web, lambda: asking.now)
    await asking.viewers.viewer(user, "C1")
    assert (await audiences.of_channel(channel.id, user)).kind == "workspace"
    asking.slack.workspace.users[user].is_guest = True
    channel.kind = "private"
    asking.now -= timedelta(days=30)
    assert (await asking.viewers.viewer(user, "C1")).is_guest
    assert (await audiences.of_channel(channel.id, user)).kind == "conversation"


async def test_whoever_slack_does_not_tell_us_about_is_a_guest_until_it_does(asking: _Asking) -> None:
    user = asking.slack.add_user("ana")
    asking.slack.faults["users.info"].append(Refused("fatal_error"))
    assert (await asking.viewers.viewer(user, "C1")).is_guest
    assert not (await asking.viewers.viewer(user, "C1")).is_guest
    assert (await asking.viewers.viewer("U0NOBODY", "C1")).is_guest


async def test_without_the_scope_everyone_is_a_guest(asking_without_scope: _Asking) -> None:
    user = asking_without_scope.slack.add_user("ana")
    assert (await asking_without_scope.viewers.viewer(user, "C1")).is_guest
