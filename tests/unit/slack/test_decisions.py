"""People decide about a recommendation, under the message that shows it."""

from __future__ import annotations

import asyncio

import pytest

from bot.record import DecisionRecord
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.recommendations import (
    recommended,
    recommended_privately,
    record,
    sources,
    whats,
)
from tests.unit.slack.surroundings import DECISION_ID, LEADING, Surroundings


async def test_accepted_recommendation_says_by_whom_and_when(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    *before, _row, feedback = message.blocks
    await around.slack.press(ben, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    assert f"✓ Accepted by <@{ben}> on <!date^" in message.shown
    # All else stands as it stood.
    assert message.labels == [
        "Correct this…",
        "Override…",
        "Sources",
        "Change owner or review date…",
        "History",
    ]
    assert message.blocks[:-3] == before
    assert message.blocks[-1] == feedback
    assert message.text.startswith("✓ Accepted by")
    assert record(around).status == "accepted"
    assert (record(around).history[-1].by, record(around).decided_option) == (ben, LEADING.option)
    assert around.slack.workspace.seen_by(ben) == []


async def test_recommendation_in_a_direct_message_is_accepted_there(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    await slack.say(ana, direct, "should we fine-tune?")
    await slack.press(ana, await slack.reply_in(direct), "Just tell me")
    message = await slack.reply_in(direct, number=2)
    await slack.press(ana, message, "Accept")
    await slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    assert record(around).status == "accepted"


async def test_private_recommendation_is_accepted_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended_privately(around, ana, general)
    await around.slack.press(ana, message, "Accept")
    accepted = await around.slack.whisper_to(ana, "✓ Accepted by")
    assert "Put ten examples into the prompt" in accepted.shown
    assert accepted.labels == [
        "Correct this…",
        "Override…",
        "Sources",
        "Change owner or review date…",
        "History",
        "Share",
        "Keep to myself",
        "Continue in thread",
    ]
    assert around.slack.workspace.seen_by(ana) == [accepted]
    assert general.messages == []
    assert record(around).audience.kind == "person"


async def test_private_recommendation_that_is_not_kept_any_more_is_accepted_all_the_same(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended_privately(around, ana, general)
    around.conversations.kept.clear()
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "✓ Accepted by")
    assert record(around).status == "accepted"


async def test_of_two_who_accept_one_did_and_the_other_is_told_privately(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    await asyncio.gather(*(slack.press(user, message, "Accept") for user in (ana, ben)))
    await around.settled()
    assert whats(around) == ["proposed", "accepted"]
    first = record(around).history[-1].by
    (told,) = slack.workspace.seen_by(ben if first == ana else ana)
    assert f"<@{first}> accepted this on" in told.text
    assert "Nothing was changed" in told.text
    assert slack.workspace.seen_by(first) == []


async def test_accepting_twice_is_harmless(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    row = list(message.blocks)
    await slack.press(ana, message, "Accept")
    await slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    kept = record(around)
    message.blocks = row
    await slack.press(ana, message, "Accept")
    await slack.whisper_to(ana, "You accepted this on")
    assert record(around) == kept
    # A message that did not show it shows it now.
    assert message.shown.count("✓ Accepted by") == 1


async def test_press_delivered_twice_counts_once(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    pressed = await slack.press(ana, await recommended(around, ana, general), "Accept")
    await around.settled()
    await slack.sockets.deliver_again(pressed)
    await around.settled()
    assert whats(around) == ["proposed", "accepted"]
    assert slack.workspace.seen_by(ana) == []


async def test_press_whose_handling_broke_off_is_finished_and_counts_once(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    save = around.log.save

    async def save_and_break(kept: DecisionRecord) -> None:
        await save(kept)
        monkeypatch.setattr(around.log, "save", save)
        raise ZeroDivisionError

    monkeypatch.setattr(around.log, "save", save_and_break)
    await slack.press(ana, message, "Accept")
    await slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    await around.settled()
    assert whats(around) == ["proposed", "accepted"]
    assert slack.workspace.seen_by(ana) == []


async def test_what_was_revised_since_is_not_accepted_by_the_old_message(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    revised = record(around).current.model_copy(update={"option": "RAG", "message_id": "m2"})
    kept = record(around).model_copy(update={"revisions": (*record(around).revisions, revised)})
    around.log.kept["T0FAKE", DECISION_ID] = kept
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "look at my newest answer")
    assert record(around) == kept
    assert "Accept" in message.labels


async def test_decision_that_is_gone_is_said_to_be_gone(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.log.kept.clear()
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "I no longer have this decision")
    assert around.log.kept == {}


async def test_message_copied_to_another_channel_decides_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    pressed = await around.slack.press(ana, message, "Accept", channel=other)
    assert pressed.is_acknowledged
    await around.slack.whisper_to(ana, "This is a copy")
    await around.settled()
    assert whats(around) == ["proposed"]


async def test_decision_of_another_channel_is_not_made_here(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    elsewhere = record(around).place.model_copy(update={"channel_id": "C0ELSEWHERE"})
    around.log.kept["T0FAKE", DECISION_ID] = record(around).model_copy(update={"place": elsewhere})
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "I no longer have this decision")
    assert whats(around) == ["proposed"]


@pytest.mark.parametrize("method", ["conversations.replies", "chat.update"])
async def test_decision_counts_where_the_message_cannot_be_updated(
    around: Surroundings, ana: str, general: Channel, method: str
) -> None:
    message = await recommended(around, ana, general)
    around.slack.faults[method].append(Refused("cant_update_message"))
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "✓ Accepted by")
    assert record(around).status == "accepted"


async def test_message_that_was_deleted_meanwhile_takes_no_decision_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    general.messages.remove(message)
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "✓ Accepted by")
    assert record(around).status == "accepted"


async def test_press_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    pressed = await around.slack.press(ana, message, "Accept")
    assert pressed.is_acknowledged
    await around.slack.whisper_to(ana, "I can't remember anything right now")
    assert "Accept" in message.labels


async def test_decision_that_fails_again_and_again_is_apologised_for(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise ZeroDivisionError

    message = await recommended(around, ana, general)
    monkeypatch.setattr(around.log, "load", stumble)
    around.slack.faults["response_url"].append(Broken(404))
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "Please try again later")
    await around.slack.until(lambda: around.inbox.dead_letters, "it was not given up")
    assert len(around.inbox.dead_letters) == 1


async def test_private_recommendation_that_went_on_in_a_thread_is_decided_there(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    private = await recommended_privately(around, ana, general)
    await slack.press(ana, private, "Continue in thread")
    root = await slack.reply_in(general)
    message = await slack.reply_in(general, root.ts, number=2)
    await slack.press(ben, message, "Accept")
    await slack.until(lambda: f"✓ Accepted by <@{ben}>" in message.shown, "the message was not updated")
    assert "Few-shot prompting" in await sources(around, ben, message)
    (record,) = around.log.kept.values()
    assert record.audience.kind != "person"
    assert [change.what for change in record.history] == ["proposed", "shared", "accepted"]


async def test_nobody_else_decides_or_sees_what_one_person_was_shown(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    private = await recommended_privately(around, ana, general)
    before = dict(around.log.kept)
    for label in ("Accept", "Share", "Keep to myself", "Continue in thread"):
        await around.slack.press(ben, private, label)
    await around.slack.whisper_to(ben, "")
    assert around.log.kept == before
    assert general.messages == []
