from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.decision.options import Option
from bot.errors import ChannelArchived, NotInChannel, SlackRefused
from bot.ports import DigestPosting
from bot.replies import DigestLine, DigestList, DigestPost
from bot.slack.audiences import Audiences
from bot.slack.digests import SlackDigests
from bot.slack.payloads import Me
from bot.slack.scopes import needed
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb, open_client
from bot.slack.web_answers import METADATA_TYPE
from tests.fake_slack.faults import Broken, LostAnswer, Refused
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID
from tests.unit.slack.surroundings import NOW

QUIET = DigestPost(week="2026-W47", title="Week in review")
FIRST_TIME = DigestPosting("digest-1", None)
AGAIN = DigestPosting("digest-1", datetime.fromtimestamp(1_795_000_000, UTC))
"""The fake's first message is a second younger."""


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(needed()) as fake:
        yield fake


@pytest.fixture
async def digests(slack: FakeSlack) -> AsyncIterator[SlackDigests]:
    me = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
    async with aiohttp.ClientSession() as session:
        client = open_client(slack.bot_token, slack.api_url)
        client.session = session
        web = SlackWeb(client)
        yield SlackDigests(web, Audiences(web, lambda: NOW), Viewers(web, lambda: NOW, me), me)


def _line(number: int, owner: str) -> DigestLine:
    return DigestLine(
        decision_id=f"D-{number:010d}",
        question="Tune?",
        headline="Retrieve",
        status="proposed",
        owner=owner,
        link="",
    )


def _busy(owner: str, many: int = 9) -> DigestPost:
    lines = tuple(_line(number, owner) for number in range(many))
    counts = ((Option.RAG, 6), (Option.FEW_SHOT, 3))
    return QUIET.model_copy(
        update={"asked": 9, "open": DigestList(lines=lines, count=many), "recommended": counts}
    )


def _charts(message_blocks: list[dict[str, object]]) -> int:
    return sum(block["type"] == "data_visualization" for block in message_blocks)


async def test_a_digest_is_one_message_and_its_rest_stands_in_the_thread(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    general, ana = slack.add_channel("general", set()), slack.add_user("ana")
    await digests.post_digest(general.id, _busy(ana), FIRST_TIME)
    (message,) = general.top_level()
    (_, rest) = general.thread(message.ts)
    assert "D-0000000004" in message.shown
    assert "D-0000000005" in rest.shown
    assert _charts(message.blocks) == 1
    assert message.metadata == {"event_type": METADATA_TYPE, "event_payload": {"id": "digest-1"}}
    assert "conversations.history" not in [method for method, _ in slack.calls]


async def test_owners_are_named_and_not_called(slack: FakeSlack, digests: SlackDigests) -> None:
    general, ana = slack.add_channel("general", set()), slack.add_user("ana")
    nobody = _busy(ana).model_copy(
        update={"open": DigestList(lines=(_line(1, ana), _line(2, "U0NOBODY")), count=2)}
    )
    await digests.post_digest(general.id, nobody, FIRST_TIME)
    shown = general.messages[0].shown
    assert shown.count("owner Ana") == 1
    assert "<@" not in shown + general.messages[0].text
    assert "U0NOBODY" not in shown


async def test_a_workspace_that_refuses_charts_gets_the_same_in_words(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    general, ana = slack.add_channel("general", set()), slack.add_user("ana")
    slack.faults["chat.postMessage"].append(Refused("invalid_blocks"))
    await digests.post_digest(general.id, _busy(ana), FIRST_TIME)
    (message,) = general.top_level()
    assert _charts(message.blocks) == 0
    assert "use retrieval (RAG) (6), show examples in the prompt (3)" in message.shown


async def test_what_is_wrong_with_a_digest_without_a_chart_is_not_hidden(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    general = slack.add_channel("general", set())
    slack.faults["chat.postMessage"].append(Refused("invalid_blocks"))
    with pytest.raises(SlackRefused, match="invalid_blocks"):
        await digests.post_digest(general.id, QUIET, FIRST_TIME)


@pytest.mark.parametrize("chatter", [0, 300])
async def test_a_digest_whose_answer_was_lost_is_looked_for_before_it_is_posted_again(
    slack: FakeSlack, digests: SlackDigests, chatter: int
) -> None:
    ana = slack.add_user("ana")
    general = slack.add_channel("general", {ana})
    slack.faults["chat.postMessage"].append(LostAnswer())
    with pytest.raises(SlackRefused):
        await digests.post_digest(general.id, _busy(ana), FIRST_TIME)
    for number in range(chatter):
        slack.keep(ana, general, f"message {number}")
    slack.api.page_size = 50
    for _ in range(2):
        await digests.post_digest(general.id, _busy(ana), AGAIN)
    (message,) = slack.workspace.ours(general.id)
    assert len(general.thread(message.ts)) == 2


async def test_an_id_that_somebody_else_posted_is_not_taken_for_ours(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    ana = slack.add_user("ana")
    general = slack.add_channel("general", {ana})
    forged = {"event_type": METADATA_TYPE, "event_payload": {"id": "digest-1"}}
    slack.keep(ana, general, "hm", metadata=forged, bot_id="B0OTHER")
    await digests.post_digest(general.id, QUIET, AGAIN)
    assert len(slack.workspace.ours(general.id)) == 1


async def test_where_it_cannot_be_posted_any_more_it_says_so(slack: FakeSlack, digests: SlackDigests) -> None:
    elsewhere = slack.add_channel("elsewhere", set(), with_bot=False)
    with pytest.raises(NotInChannel, match="not_in_channel"):
        await digests.post_digest(elsewhere.id, QUIET, FIRST_TIME)
    old = slack.add_channel("old", set())
    old.is_archived = True
    with pytest.raises(ChannelArchived, match="is_archived"):
        await digests.post_digest(old.id, QUIET, FIRST_TIME)


async def test_whoever_wanted_a_paused_digest_is_told_directly(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    ana = slack.add_user("ana")
    await digests.tell_paused(ana, "C0GONE")
    (direct,) = [channel for channel in slack.workspace.channels.values() if channel.kind == "im"]
    assert direct.members >= {ana}
    assert "<#C0GONE>" in direct.messages[0].shown
    assert "/finetune digest on" in direct.messages[0].shown


async def test_a_name_that_slack_does_not_give_holds_nothing_up(
    slack: FakeSlack, digests: SlackDigests
) -> None:
    general, ana = slack.add_channel("general", set()), slack.add_user("ana")
    slack.faults["users.info"].append(Broken())
    await digests.post_digest(general.id, _busy(ana, 1), FIRST_TIME)
    assert "owner" not in general.messages[0].shown
