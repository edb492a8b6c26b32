"""A public channel of which Slack could not say so is hidden, and opened later; what was private never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.conversation import Audience
from bot.record import DecisionRecord
from bot.settling import AudienceSettling
from bot.slack.audiences import CLOCKS_DIFFER, Audiences
from bot.slack.web import SlackWeb, open_client
from bot.visibility import Viewer, may_see
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import TEAM_ID, Channel, Kind
from tests.unit.slack.surroundings import DECISION_ID, NOW, Surroundings

SAID_MS = int(NOW.timestamp() * 1000)


def record(around: Surroundings) -> DecisionRecord:
    return around.log.kept[TEAM_ID, DECISION_ID]


async def recommended_while_slack_fails(around: Surroundings, who: str, channel: Channel) -> None:
    slack = around.slack
    slack.faults["conversations.info"] += [Refused("internal_error"), Refused("internal_error")]
    said = await slack.say(who, channel, f"{slack.mention} should we fine-tune?")
    await slack.press(who, await slack.reply_in(channel, said.ts), "Just tell me")
    await slack.until(lambda: (TEAM_ID, DECISION_ID) in around.log.kept, "nothing was kept")
    assert record(around).audience == Audience(kind="conversation", channel_id=channel.id, unknown_at=NOW)


async def look(around: Surroundings, team_id: str = TEAM_ID) -> None:
    web = SlackWeb(open_client(around.slack.bot_token, around.slack.api_url))
    await AudienceSettling(around.log, team_id, Audiences(web, lambda: NOW).at).look()


def colleague_sees(around: Surroundings) -> bool:
    return may_see(record(around), Viewer("U0COLLEAGUE", "", is_guest=False, is_outsider=False))


async def test_what_was_said_in_the_open_is_opened_when_slack_answers_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await recommended_while_slack_fails(around, ana, general)
    assert not colleague_sees(around)
    history = record(around).history

    await look(around)

    assert record(around).audience == Audience(kind="workspace", channel_id=general.id)
    assert colleague_sees(around)
    assert record(around).history == history
    asked = len(around.slack.calls)
    await look(around)
    assert len(around.slack.calls) == asked


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_what_was_said_behind_closed_doors_stays_there(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    closed = around.slack.add_channel("closed", {ana}, kind=kind)
    await recommended_while_slack_fails(around, ana, closed)

    await look(around)

    assert record(around).audience == Audience(kind="conversation", channel_id=closed.id)


@pytest.mark.parametrize(
    "updated_ms",
    [
        pytest.param(SAID_MS + 60_000, id="after it was said"),
        pytest.param(SAID_MS - CLOCKS_DIFFER // timedelta(milliseconds=1), id="just before, as clocks go"),
        pytest.param(0, id="slack does not say when"),
    ],
)
async def test_what_may_have_been_private_when_it_was_said_is_never_opened(
    around: Surroundings, ana: str, general: Channel, updated_ms: int
) -> None:
    general.kind = "private"
    await recommended_while_slack_fails(around, ana, general)
    general.kind, general.updated_ms = "public", updated_ms

    for _ in range(2):
        await look(around)

    assert record(around).audience == Audience(kind="conversation", channel_id=general.id)
    assert not colleague_sees(around)


async def test_while_slack_does_not_answer_it_stays_hidden_and_is_asked_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await recommended_while_slack_fails(around, ana, general)
    around.slack.faults["conversations.info"].append(Refused("fatal_error"))
    with capture_logs() as lines:
        await look(around)
    assert [line["decision_id"] for line in lines if line["event"] == "audience_not_settled"] == [DECISION_ID]
    assert not colleague_sees(around)

    await look(around)

    assert colleague_sees(around)


async def test_another_workspace_settles_nothing_here(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await recommended_while_slack_fails(around, ana, general)
    await look(around, "T0OTHER")
    assert record(around).audience.unknown_at == NOW


async def test_where_the_app_was_removed_it_stays_hidden(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await recommended_while_slack_fails(around, ana, general)
    around.slack.faults["conversations.info"].append(Refused("account_inactive"))
    await look(around)
    assert record(around).audience.unknown_at == NOW


async def test_when_redis_is_away_it_is_tried_the_next_time(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await recommended_while_slack_fails(around, ana, general)
    around.log.is_down = True
    with capture_logs() as lines:
        await look(around)
    assert "audiences_not_settled" in {line["event"] for line in lines}
    around.log.is_down = False
    await look(around)
    assert colleague_sees(around)
