"""The app is removed from a workspace: that is kept before it is acknowledged, and noted."""

from __future__ import annotations

import pytest

from bot.errors import SlackRefused
from bot.slack.installed import Installed
from tests.fake_slack import shapes
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import TEAM_ID
from tests.unit.slack.surroundings import Surroundings


@pytest.mark.parametrize("name", ["app_uninstalled", "tokens_revoked"])
async def test_removal_is_noted_for_its_workspace(around: Surroundings, name: str) -> None:
    for team_id in (TEAM_ID, "T0OTHER"):
        delivery = await around.slack.deliver(shapes.removal_event(name, team_id))
        assert delivery.is_acknowledged
    await around.slack.until(lambda: len(around.removals) == 2, "the removal was not noted")
    assert sorted(around.removals) == [TEAM_ID, "T0OTHER"]


async def test_a_redelivered_removal_is_noted_once(around: Surroundings) -> None:
    payload = shapes.removal_event("app_uninstalled")
    delivery = await around.slack.deliver(payload)
    await around.slack.sockets.deliver_again(delivery)
    await around.settled()
    assert around.removals == [TEAM_ID]


async def test_a_token_of_somebody_else_is_no_removal(around: Surroundings) -> None:
    for tokens in ({"oauth": ["U1"]}, {"bot": ["U0OTHERBOT"]}, {"bot": "U0BOT"}, None):
        payload = shapes.removal_event("tokens_revoked")
        payload["event"]["tokens"] = tokens
        assert (await around.slack.deliver(payload)).is_acknowledged
    assert await around.inbox.backlog() == 0
    assert around.removals == []


async def test_while_nothing_can_be_kept_a_removal_is_not_acknowledged(around: Surroundings) -> None:
    around.slack.sockets.pauses_s = ()
    around.store_is_down(is_down=True)
    assert not (await around.slack.deliver(shapes.removal_event("app_uninstalled"))).is_acknowledged


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked", "invalid_auth", "token_expired"])
async def test_a_token_that_slack_no_longer_knows_is_a_removed_app(around: Surroundings, error: str) -> None:
    installed = Installed(around.slack.bot_token, around.slack.api_url)
    around.slack.faults["auth.test"].append(Refused(error))
    assert not await installed.is_in(TEAM_ID)
    assert await installed.is_in(TEAM_ID)
    assert not await installed.is_in("T0OTHER")


async def test_a_slack_that_does_not_answer_says_nothing_about_it(around: Surroundings) -> None:
    for fault in (Broken(), Refused("internal_error")):
        around.slack.faults["auth.test"].append(fault)
        with pytest.raises(SlackRefused):
            await Installed(around.slack.bot_token, around.slack.api_url).is_in(TEAM_ID)
