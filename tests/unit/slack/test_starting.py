from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import SettingsInvalid, SlackRefused
from bot.house_rules import HouseRules
from bot.slack.scopes import needed
from bot.slack.serving import SlackSurface
from bot.slack.workspace import Backing
from tests.fake_slack.faults import Broken
from tests.fake_slack.server import FakeSlack
from tests.fakes.stores import (
    FakeChannelSettings,
    FakeConversations,
    FakeDecisionLog,
    FakeDigestTimes,
    FakeFeedback,
    FakeFirstContacts,
    FakeInbox,
    FakePostedReplies,
    FakeQuestionLimits,
    FakeRemovals,
)
from tests.unit.slack.surroundings import NOW, PACE, USUAL_DIGEST, FakeDigests, ScriptedAdvisor


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(needed()) as fake:
        yield fake


def _surface(api_url: str, bot_token: str, app_token: str) -> SlackSurface:
    conversations = FakeConversations()
    backing = Backing(
        advisor_turn=ScriptedAdvisor(conversations, FakeDecisionLog()).turn,
        inbox=FakeInbox(),
        conversations=conversations,
        posted_replies=FakePostedReplies(),
        decision_log=FakeDecisionLog(),
        feedback=FakeFeedback(),
        first_contacts=FakeFirstContacts(),
        house=HouseRules(FakeChannelSettings(), FakeDigestTimes(), USUAL_DIGEST),
        digest_stores=FakeDigests().stores,
        limits=FakeQuestionLimits(),
        note_removal=FakeRemovals().note,
        clock=lambda: NOW,
        pace=PACE,
    )
    return SlackSurface(bot_token=bot_token, app_token=app_token, backing=backing, api_url=api_url)


@pytest.mark.parametrize(
    ("bot_token", "app_token", "says"),
    [
        ("xapp-fake-token", "xoxb-fake-token", "swapped"),
        ("xoxp-user-token", "xapp-fake-token", "SLACK_BOT_TOKEN must begin with xoxb-"),
        ("xoxb-fake-token", "", "SLACK_APP_TOKEN must begin with xapp-"),
        ("xoxb-wrong", "xapp-fake-token", "SLACK_BOT_TOKEN is not accepted by Slack (invalid_auth)"),
        ("xoxb-fake-token", "xapp-wrong", "SLACK_APP_TOKEN is not accepted by Slack (invalid_auth)"),
    ],
)
async def test_wrong_token_is_named_in_one_line(
    slack: FakeSlack, bot_token: str, app_token: str, says: str
) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        await _surface(slack.api_url, bot_token, app_token).run(asyncio.Event())
    message = str(caught.value)
    assert says in message
    assert "\n" not in message
    assert "wrong" not in message


async def test_unreachable_slack_is_not_blamed_on_the_settings() -> None:
    with pytest.raises(SlackRefused, match=r"auth\.test: no answer"):
        await _surface("http://127.0.0.1:9/api/", "xoxb-a", "xapp-a").run(asyncio.Event())


async def test_broken_slack_is_not_blamed_on_the_settings(slack: FakeSlack) -> None:
    slack.faults["auth.test"].append(Broken(503))
    with pytest.raises(SlackRefused, match="HTTP 503"):
        await _surface(slack.api_url, slack.bot_token, slack.app_token).run(asyncio.Event())
