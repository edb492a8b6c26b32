from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.errors import NotInChannel, SettingsInvalid, SlackRefused
from bot.replies import DigestPost
from bot.slack.digests import SlackDigests
from bot.slack.scopes import needed
from tests.fake_slack.faults import Refused
from tests.fake_slack.server import FakeSlack

QUIET = DigestPost(week="2026-W47", headline="Week 2026-W47: quiet.")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(needed()) as fake:
        yield fake


@pytest.fixture
def digests(slack: FakeSlack) -> SlackDigests:
    return SlackDigests(slack.bot_token, slack.api_url)


async def test_team_is_known(digests: SlackDigests) -> None:
    assert await digests.team_id() == "T0FAKE"


async def test_wrong_token_is_named(slack: FakeSlack) -> None:
    with pytest.raises(SettingsInvalid, match="SLACK_BOT_TOKEN"):
        await SlackDigests("xoxb-wrong", slack.api_url).team_id()


async def test_digest_is_posted_to_its_channel(slack: FakeSlack, digests: SlackDigests) -> None:
    general = slack.add_channel("general", set())
    await digests.post_digest(general.id, QUIET)
    assert general.messages[0].shown == "*Week 2026-W47: quiet.*"


async def test_digest_for_a_channel_without_us_says_so(slack: FakeSlack, digests: SlackDigests) -> None:
    elsewhere = slack.add_channel("elsewhere", set(), with_bot=False)
    with pytest.raises(NotInChannel, match="not_in_channel"):
        await digests.post_digest(elsewhere.id, QUIET)


async def test_refusal_is_one_line(slack: FakeSlack, digests: SlackDigests) -> None:
    general = slack.add_channel("general", set())
    slack.faults["chat.postMessage"].append(Refused("missing_scope"))
    with pytest.raises(SlackRefused, match=r"^Slack refused chat\.postMessage: missing_scope$"):
        await digests.post_digest(general.id, QUIET)
