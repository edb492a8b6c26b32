"""Reminders of reviews as people see them in Slack, and what becomes of their one tap."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.letters import ClosedModel, ClosedNotice, ReviewReminder, ToPerson, ToThread
from bot.outreach import Outreach
from bot.recipients import Recipients
from bot.record import Change, DecisionRecord
from bot.reminding import KIND, MOST_IN_ONE, ReviewReminders
from bot.slack.blocks import draw_letter
from bot.slack.courier import SlackCourier
from bot.slack.decision_words import calendar_day
from bot.slack.payloads import Me
from bot.slack.web import SlackWeb, open_client
from bot.slack.words import VERDICTS
from tests.fake_slack import block_rules
from tests.fake_slack.faults import LostAnswer, Refused
from tests.fake_slack.workspace import (
    BOT_ID,
    BOT_NAME,
    BOT_USER_ID,
    TEAM_ID,
    Channel,
    Message,
    texts_in,
)
from tests.fakes.stores import FakeOutreachMarks
from tests.integration.stores.examples import a_record, changed
from tests.unit.slack.surroundings import NOW, Surroundings

ME = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
ZONE = ZoneInfo("Europe/Berlin")
DUE = NOW.date()
LINK = "https://fake.example.com/archives/C1/p1?a=1&b=2"
ONE, TWO = "D-0000000001", "D-0000000002"


@dataclass
class Post:
    """Reminds people in the surroundings."""

    around: Surroundings
    reminders: ReviewReminders
    courier: SlackCourier

    async def remind(self) -> int:
        return await self.reminders.send_due(NOW)

    async def reminded(self, user: str, number: int = 1) -> Message:
        await self.remind()
        direct = self.around.slack.workspace.channels[self.around.slack.workspace.direct(user)]
        return await self.around.slack.reply_in(direct, number=number)


@pytest.fixture
async def post(around: Surroundings) -> AsyncIterator[Post]:
    async with aiohttp.ClientSession() as session:
        client = open_client(around.slack.bot_token, around.slack.api_url)
        client.session = session
        courier = SlackCourier(SlackWeb(client), ME, lambda: NOW, ZONE)
        outreach = Outreach(FakeOutreachMarks(), courier, TEAM_ID, KIND, "one")
        reminders = ReviewReminders(around.log, outreach, Recipients(courier, ZONE))
        yield Post(around, reminders, courier)


def decided(channel: Channel, owner: str, number: int = 1, *, by: str = "") -> DecisionRecord:
    at = NOW - timedelta(days=90)
    accepted = Change(at=at, by=by or owner, what="accepted", outcome=Option.RAG)
    is_private = channel.kind != "public"
    update = {
        "place": Place(team_id=TEAM_ID, channel_id=channel.id, thread="1795000000.000100"),
        "audience": Audience(kind="conversation" if is_private else "workspace", channel_id=channel.id),
        "owner": owner,
        "status": "accepted",
        "review_on": DUE,
        "link": LINK,
    }
    return changed(a_record(number, team_id=TEAM_ID), accepted).model_copy(update=update)


async def kept(around: Surroundings, decision_id: str = ONE) -> DecisionRecord:
    record = await around.log.load(TEAM_ID, decision_id)
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("label", "verdict", "days"),
    [
        ("Still right", "still_right", 180),
        ("Went well", "went_well", 180),
        ("Went badly", "went_badly", 30),
        ("Revisit", "revisit", 30),
    ],
)
async def test_owner_answers_with_one_tap(  # noqa: PLR0917 - the case and its surroundings
    around: Surroundings, post: Post, ana: str, general: Channel, label: str, verdict: str, days: int
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    assert ONE in message.shown
    assert message.labels == list(VERDICTS.values())
    await around.slack.press(ana, message, label)
    await around.slack.until(lambda: f"✓ {label}" in message.shown, "the message was not updated")
    assert message.labels == []
    record = await kept(around)
    change = record.history[-1]
    assert (change.what, change.by, change.verdict) == ("reviewed", ana, verdict)
    next_review = change.at.date() + timedelta(days=days)
    assert record.review_on == change.review_on == next_review
    assert calendar_day(next_review) in message.shown
    assert ("its thread" in message.shown) is (label in ("Revisit", "Went badly"))
    assert general.messages == []


async def test_each_decision_of_a_reminder_is_answered_by_itself(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    for number in (1, 2):
        await around.log.save(decided(general, ana, number))
    message = await post.reminded(ana)
    await around.slack.press(ana, message, "Went well")
    await around.slack.until(lambda: "✓ Went well" in message.shown, "the message was not updated")
    assert message.labels == list(VERDICTS.values())
    assert (await kept(around, TWO)).review_on == DUE
    await around.slack.press(ana, message, "Still right")
    await around.slack.until(lambda: "✓ Still right" in message.shown, "the message was not updated")
    assert message.labels == []


async def test_tapping_twice_or_at_once_counts_once(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    pressed = await asyncio.gather(
        around.slack.press(ana, message, "Went well"), around.slack.press(ana, message, "Went badly")
    )
    await around.settled()
    await around.slack.sockets.deliver_again(pressed[0])
    await around.settled()
    record = await kept(around)
    assert [change.what for change in record.history].count("reviewed") == 1
    said = record.history[-1].verdict
    assert said is not None
    assert f"✓ {VERDICTS[said]}" in message.shown
    assert "answered or moved before" in (await around.slack.whisper_to(ana)).shown


async def test_who_is_late_is_told_also_when_the_address_for_it_is_used_up(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    await around.log.save((await kept(around)).model_copy(update={"review_on": DUE + timedelta(days=9)}))
    around.slack.faults["response_url"].append(Refused("used_url"))
    await around.slack.press(ana, message, "Still right")
    assert "answered or moved before" in (await around.slack.whisper_to(ana)).shown
    await around.settled()
    assert around.inbox.dead_letters == []


async def test_answer_to_a_review_that_was_moved_changes_nothing(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    moved = (await kept(around)).model_copy(update={"review_on": DUE + timedelta(days=9)})
    await around.log.save(moved)
    await around.slack.press(ana, message, "Still right")
    await around.slack.whisper_to(ana, "answered or moved before")
    assert await kept(around) == moved


async def test_answer_of_somebody_who_left_the_private_channel_changes_nothing(
    around: Surroundings, post: Post, ana: str, ben: str
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    await around.log.save(decided(secret, ana))
    message = await post.reminded(ana)
    secret.members.remove(ana)
    await around.slack.press(ana, message, "Still right")
    await around.slack.whisper_to(ana, "I no longer have this decision")
    assert [change.what for change in (await kept(around)).history] == ["proposed", "accepted"]


async def test_reminder_shows_only_what_the_owner_may_see_today(
    around: Surroundings, post: Post, ana: str, ben: str
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    turned = around.slack.add_channel("turned", {ben}, kind="public")
    await around.log.save(decided(secret, ana, 1))
    await around.log.save(decided(turned, ana, 2))
    turned.kind = "private"
    message = await post.reminded(ana)
    assert ONE in message.shown
    assert TWO not in message.shown


@pytest.mark.parametrize(
    "traits", [{"is_deleted": True}, {"is_guest": True}, {"team_id": "T0OTHER"}, {"is_app": True}]
)
async def test_without_its_owner_whoever_accepted_it_is_reminded(
    around: Surroundings, post: Post, ben: str, general: Channel, traits: dict[str, object]
) -> None:
    gone = around.slack.add_user("gone", **traits)
    general.members.add(gone)
    await around.log.save(decided(general, gone, by=ben))
    message = await post.reminded(ben)
    assert ONE in message.shown
    assert "Its owner cannot be asked any more" in message.shown


async def test_without_both_anyone_in_the_thread_may_answer(
    around: Surroundings, post: Post, ana: str, ben: str, general: Channel
) -> None:
    root = around.slack.keep(ana, general, "should we?")
    gone = around.slack.add_user("gone", is_deleted=True)
    record = decided(general, gone)
    place = record.place.model_copy(update={"thread": root.ts})
    await around.log.save(record.model_copy(update={"place": place}))
    await post.remind()
    message = await around.slack.reply_in(general, root.ts)
    assert "anyone here may answer" in message.shown
    assert "<@" not in message.shown
    await around.slack.press(ben, message, "Went well")
    await around.slack.until(lambda: "✓ Went well" in message.shown, "the message was not updated")
    assert (await kept(around)).history[-1].by == ben


async def test_nobody_is_written_to_while_slack_does_not_answer(
    around: Surroundings, post: Post, ana: str, ben: str
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    await around.log.save(decided(secret, ana, by=ben))
    for method in ("users.info", "conversations.members", "conversations.open"):
        around.slack.faults[method].append(Refused("fatal_error"))
        assert await post.remind() == 0, method
    assert await post.remind() == 1


async def test_reminder_whose_answer_was_lost_is_found_and_not_posted_again(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    around.slack.faults["chat.postMessage"].append(LostAnswer())
    assert [await post.remind() for _ in range(3)] == [0, 0, 0]
    direct = around.slack.workspace.direct(ana)
    assert len(around.slack.workspace.ours(direct)) == 1
    assert set(await post.reminders.outreach.marks.told(TEAM_ID, KIND, NOW)) == {f"{ONE}|{DUE}|0"}


async def test_answer_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, "Still right")
    await around.slack.whisper_to(ana, "I can't remember anything right now")
    assert message.labels == list(VERDICTS.values())


async def test_answer_counts_where_the_message_cannot_be_updated(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    around.slack.faults["chat.update"].append(Refused("fatal_error"))
    await around.slack.press(ana, message, "Still right")
    await around.slack.whisper_to(ana, "✓ Still right")
    assert (await kept(around)).history[-1].what == "reviewed"


async def test_history_of_a_decision_tells_of_its_reviews(
    around: Surroundings, post: Post, ana: str, general: Channel
) -> None:
    await around.log.save(decided(general, ana))
    message = await post.reminded(ana)
    await around.slack.press(ana, message, "Went badly")
    await around.settled()
    await around.slack.command(ana, general, f"/finetune show {ONE}")
    shown = (await around.slack.whisper_to(ana, "Status")).shown
    assert f"• reviewed as “went badly” by <@{ana}>" in shown
    review_on = (await kept(around)).review_on
    assert review_on is not None
    assert f"to be reviewed on {calendar_day(review_on)}" in shown


_MONSTROUS = ("", "<@U1> & <!here> *so* " * 40, "&" * 2_000, "😀" * 2_000)


@pytest.mark.parametrize("text", _MONSTROUS)
@pytest.mark.parametrize("to", [ToPerson("U1", ZONE), ToThread("C1", "1.2", ZONE)])
def test_slack_takes_any_letter_in_one_message_and_it_pings_nobody(
    to: ToPerson | ToThread, text: str
) -> None:
    place = Place(team_id=TEAM_ID, channel_id="C" + "1" * 10, thread="1795000000.000100")
    general = Channel("C1", "general", "public", set())
    records = []
    for number in range(MOST_IN_ONE):
        record = decided(general, "U1", number)
        revision = record.current.model_copy(update={"headline": text or "x"})
        update = {"context": text, "revisions": (revision,), "link": f"{LINK}{'x' * 150}"}
        records.append(record.model_copy(update=update))
    closed = [
        ClosedModel(
            record, "row", "retired", text or "x", "has been retired", text, text or "x", is_same=False
        )
        for record in records
    ]
    letters = (ReviewReminder(to, DUE, tuple(records), more=3), ClosedNotice(to, tuple(closed)))
    for letter in letters:
        (message,) = draw_letter(letter, place)
        raw = [json.loads(json.dumps(block.to_dict())) for block in message.blocks]
        block_rules.check(raw)
        shown = "\n".join(texts_in(raw))
        assert "<@" not in shown + message.text
        assert "<!" not in shown + message.text
        assert all(record.id in shown for record in records)
