"""The door as Bolt runs it, without any connection to Slack."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.conversation import Conversation, Place
from bot.decision.options import Option
from bot.errors import StoredDataInvalid
from bot.house_rules import HouseRules
from bot.logs import lines_told_to
from bot.metrics import Metrics
from bot.slack import door as door_module
from bot.slack.access import Access
from bot.slack.asked_views import AskedViews
from bot.slack.audiences import Audiences
from bot.slack.button_keys import ButtonKey
from bot.slack.concerns import Concerns
from bot.slack.door import Door
from bot.slack.gate import Gate
from bot.slack.incoming import INCOMING, OverrideSubmitted, Shown
from bot.slack.override_form import form
from bot.slack.payloads import Me
from bot.slack.publisher import Publisher
from bot.slack.settings_access import SettingsAccess
from bot.slack.settings_answers import SettingsForms
from bot.slack.standing import Standing
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb, open_client
from tests.fake_slack import shapes
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID, Channel, Message
from tests.fakes.stores import (
    FakeChannelSettings,
    FakeConversations,
    FakeDecisionLog,
    FakeDigestTimes,
    FakeInbox,
    FakePostedReplies,
)
from tests.unit.slack.surroundings import NOW, USUAL_DIGEST

GENERAL = Channel("C1", "general", "public", {"U1"})
ROOT = "1795000000.000100"
MENTION = shapes.mention_event(Message("1795000001.000200", "C1", "U1", f"<@{BOT_USER_ID}> so?"), GENERAL)
IN_THREAD = shapes.message_event(Message("1795000002.000300", "C1", "U1", "an answer", ROOT), GENERAL)


SHOWN = Shown(
    place=Place(team_id=TEAM_ID, channel_id="C1", thread=ROOT),
    decision_id="D-0123456789",
    option=Option.RAG,
    message_ts="1795000002.000300",
    thread_ts=ROOT,
    is_ephemeral=False,
    response_url="http://127.0.0.1:9/respond",
)


def _submission(**values: str) -> dict[str, Any]:
    modal = Modal("V1", "U1", json.loads(json.dumps(form(SHOWN).to_dict())))
    return shapes.submission(modal, "ana", values, "1.2.3")


def _pressed(action_id: str) -> dict[str, Any]:
    message = Message(SHOWN.message_ts, "C1", BOT_USER_ID, "", ROOT, bot_id=BOT_ID)
    block_id = ButtonKey(SHOWN.place, SHOWN.decision_id, "decision").encode()
    return shapes.action(
        user="U1",
        name="ana",
        channel=GENERAL,
        message=message,
        pressed={"action_id": action_id, "block_id": block_id, "value": SHOWN.option},
        state={},
        response_url=SHOWN.response_url,
        ts="1795000003.000400",
    )


@dataclass
class _Door:
    inbox: FakeInbox = field(default_factory=FakeInbox)
    conversations: FakeConversations = field(default_factory=FakeConversations)
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)

    async def take(self, body: dict[str, Any]) -> BoltResponse:
        # Nothing listens there: whoever asked Slack on the way in would fail.
        client = open_client("xoxb-fake", "http://127.0.0.1:9/api/")
        me = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
        web = SlackWeb(client)
        house = HouseRules(FakeChannelSettings(), FakeDigestTimes(), USUAL_DIGEST)
        viewers = Viewers(web, lambda: NOW, me)
        access = Access(web, viewers, Audiences(web, lambda: NOW))
        posted = FakePostedReplies()
        settings = SettingsForms(house, SettingsAccess(web, viewers, me), viewers)
        door = Door(
            web,
            self.inbox,
            self.conversations,
            me,
            lambda: NOW,
            views=AskedViews(
                self.conversations,
                self.log,
                access=access,
                gate=Gate(house, viewers, web, Publisher(web, posted)),
                standing=Standing(web, posted, self.log),
            ),
            settings=settings,
            house=house,
            concerns=Concerns(self.inbox, self.conversations, self.log),
        )
        app = AsyncApp(client=client, signing_secret="", before_authorize=door.take_in)
        return await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))

    async def open_conversation(self, *, pending: str) -> None:
        place = Place(team_id=TEAM_ID, channel_id="C1", thread=ROOT)
        await self.conversations.save(
            Conversation.model_validate(
                {
                    "place": place,
                    "audience": {"kind": "workspace", "channel_id": "C1"},
                    "opened_by": "U1",
                    "opened_at": NOW,
                    "decision_id": "D-0123456789",
                    "pending": pending,
                }
            )
        )


async def test_event_is_kept_before_it_is_acknowledged() -> None:
    door = _Door()
    assert (await door.take(MENTION)).status == 200
    (entry,) = await door.inbox.take("w", 1, 10)
    assert entry.order_key == f"{TEAM_ID}:C1:1795000001.000200"
    assert json.loads(entry.body)["text"] == "so?"


async def test_event_that_cannot_be_kept_is_not_acknowledged() -> None:
    door = _Door()
    door.inbox.is_down = True
    assert (await door.take(MENTION)).status == 503


async def test_what_came_is_counted_with_how_it_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    metrics, door = Metrics("listener"), _Door()

    async def stumble(*_: object, **__: object) -> bool:
        raise ZeroDivisionError

    with lines_told_to(metrics.count):
        await door.take(MENTION)
        door.inbox.is_down = True
        await door.take(MENTION)
        monkeypatch.setattr(door.inbox, "append", stumble)
        await door.take(MENTION)
    text = metrics.render(None).decode()
    for status in (200, 503, 500):
        assert f'advisor_acknowledge_seconds_count{{kind="mention",status="{status}"}} 1.0' in text
    assert "so?" not in text


async def test_event_that_we_stumble_over_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    async def stumble(*_: object, **__: object) -> bool:
        raise ZeroDivisionError

    door = _Door()
    monkeypatch.setattr(door.inbox, "append", stumble)
    assert (await door.take(MENTION)).status == 500


async def test_store_that_hangs_counts_as_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "STORE_TIMEOUT_S", 0.01)

    async def hang(*_: object, **__: object) -> bool:
        await asyncio.Event().wait()
        return True

    door = _Door()
    monkeypatch.setattr(door.inbox, "append", hang)
    assert (await door.take(MENTION)).status == 503


async def test_words_in_a_thread_are_kept_only_while_we_wait_for_an_answer() -> None:
    for pending, kept in (("Q1", 1), ("", 0)):
        door = _Door()
        await door.open_conversation(pending=pending)
        assert (await door.take(IN_THREAD)).status == 200
        assert await door.inbox.backlog() == kept


async def test_words_in_a_thread_of_others_are_not_stored() -> None:
    door = _Door()
    assert (await door.take(IN_THREAD)).status == 200
    assert await door.inbox.backlog() == 0


async def test_words_in_a_thread_that_cannot_be_read_are_kept_so_that_someone_hears_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def unreadable(_: Place) -> None:
        raise StoredDataInvalid("conversation")

    door = _Door()
    monkeypatch.setattr(door.conversations, "load", unreadable)
    assert (await door.take(IN_THREAD)).status == 200
    assert await door.inbox.backlog() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "team_id": TEAM_ID, "event": {"type": "reaction_added"}},
        {"type": "view_submission", "team": {"id": TEAM_ID}, "user": {"id": "U1"}},
        {"type": "something_new"},
        {},
    ],
)
async def test_what_is_not_for_us_is_acknowledged_and_dropped(body: dict[str, Any]) -> None:
    door = _Door()
    assert (await door.take(body)).status == 200
    assert await door.inbox.backlog() == 0


async def test_form_is_kept_before_it_is_acknowledged() -> None:
    door = _Door()
    answer = await door.take(_submission(outcome="Fine-tune", reason="the vendor pays"))
    assert (answer.status, answer.body) == (200, "")
    (entry,) = await door.inbox.take("w", 1, 10)
    assert entry.order_key == f"{TEAM_ID}:C1:{ROOT}"
    kept = INCOMING.validate_json(entry.body)
    assert isinstance(kept, OverrideSubmitted)
    assert (kept.outcome, kept.why, kept.user_id) == (Option.FINE_TUNE_SFT, "the vendor pays", "U1")


async def test_form_with_something_missing_stays_open_and_is_not_kept() -> None:
    door = _Door()
    answer = json.loads((await door.take(_submission(outcome="Fine-tune"))).body)
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"reason"}
    assert await door.inbox.backlog() == 0


async def test_form_that_cannot_be_kept_stays_open_with_what_was_entered() -> None:
    door = _Door()
    door.inbox.is_down = True
    answer = json.loads((await door.take(_submission(outcome="Fine-tune", reason="so"))).body)
    assert answer["response_action"] == "errors"
    assert "I can't remember anything right now" in answer["errors"]["reason"]


async def test_press_is_left_to_slacks_own_error_where_it_neither_opens_a_view_nor_takes_a_word() -> None:
    for action_id in ("override", "sources"):
        door = _Door()
        assert (await door.take(_pressed(action_id))).status == 503
        assert await door.inbox.backlog() == 0


async def test_check_of_our_address_is_left_to_bolt() -> None:
    answer = await _Door().take({"type": "url_verification", "challenge": "abc"})
    assert json.loads(answer.body) == {"challenge": "abc"}


async def _stumble(*_: object, **__: object) -> bool:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "body",
    [
        shapes.command("U1", "ana", GENERAL, "/finetune our bot is rude", "http://127.0.0.1:9/respond"),
        _submission(outcome="Fine-tune", reason="so"),
    ],
    ids=["command", "form"],
)
async def test_person_who_waits_hears_of_a_failure_with_the_reference_that_stands_in_the_log(
    body: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    door = _Door()
    monkeypatch.setattr(door.inbox, "append", _stumble)
    answer = await door.take(body)
    assert answer.status == 200
    told = re.search(r"reference `?([0-9a-f]{8})", answer.body)
    assert told is not None
    assert "ZeroDivision" not in answer.body
    logged = capsys.readouterr().out
    assert told[1] in logged
    assert "stumbled_at_the_door" in logged
    assert "rude" not in logged


async def test_form_stays_open_with_a_reference_while_the_store_is_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    door = _Door()
    door.inbox.is_down = True
    answer = await door.take(_submission(outcome="Fine-tune", reason="so"))
    told = re.search(r"Reference ([0-9a-f]{8})", answer.body)
    assert told is not None
    assert json.loads(answer.body)["response_action"] == "errors"
    assert told[1] in capsys.readouterr().out


@pytest.mark.parametrize("action_id", ["accept", "sources"])
async def test_press_that_we_stumble_over_is_left_to_slack_when_nobody_can_be_told(
    action_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    door = _Door()
    monkeypatch.setattr(door.inbox, "append", _stumble)
    monkeypatch.setattr(door.conversations, "load", _stumble)
    assert (await door.take(_pressed(action_id))).status == 503
    assert "stumbled_at_the_door" in capsys.readouterr().out
