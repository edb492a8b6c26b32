"""People decide about a recommendation, under the message that shows it."""

from __future__ import annotations

import asyncio

import pytest

from bot.record import DecisionRecord, UsedPassage
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, LEADING, Surroundings


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} should we fine-tune?")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    return await slack.reply_in(channel, said.ts, number=2)


async def recommended_privately(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, "/finetune our bot gets the tone wrong")
    await around.slack.press(user, await around.slack.whisper_to(user, "What goes wrong"), "Just tell me")
    return await around.slack.whisper_to(user, "Put ten examples into the prompt")


async def is_idle(around: Surroundings) -> None:
    await around.slack.until(lambda: not around.inbox._kept, "the inbox was not worked off")


def record(around: Surroundings) -> DecisionRecord:
    return around.log.kept["T0FAKE", DECISION_ID]


def whats(around: Surroundings) -> list[str]:
    return [change.what for change in record(around).history]


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


async def overriding(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.press(user, message, "Override…")
    return await around.slack.modal_of(user)


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
    await is_idle(around)
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
    await is_idle(around)
    await slack.sockets.deliver_again(pressed)
    await is_idle(around)
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
    await is_idle(around)
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
    await is_idle(around)
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


async def test_override_says_who_decided_what_instead_and_why(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await overriding(around, ben, message)
    assert "I would show examples in the prompt" in modal.shown
    assert "Show examples in the prompt" not in modal.choices
    assert "Ask what goes wrong first" not in modal.choices
    assert len(modal.choices) == 12
    await around.slack.submit(
        modal, outcome="Use retrieval (RAG)", reason=" It must\nstay *current* <!here> "
    )
    assert not modal.is_open
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    assert f"✎ Overridden by <@{ben}> on <!date^" in message.shown
    assert ": use retrieval (RAG) — “It must stay ∗current∗ &lt;!here&gt;”" in message.shown
    assert message.labels == ["Correct this…", "Sources", "Change owner or review date…", "History"]
    change = record(around).history[-1]
    assert (change.what, change.by, change.outcome) == ("overridden", ben, "RAG")
    assert change.why == "It must\nstay *current* <!here>"
    assert record(around).current.option == LEADING.option


async def test_accepted_recommendation_can_be_overridden_and_says_so_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    modal = await overriding(around, ben, message)
    await around.slack.submit(modal, outcome="Fine-tune", reason="the vendor pays")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    assert "Accepted" not in message.shown
    assert "Accepted" not in message.text
    assert whats(around) == ["proposed", "accepted", "overridden"]


async def test_private_recommendation_is_overridden_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await overriding(around, ana, await recommended_privately(around, ana, general))
    await around.slack.submit(modal, outcome="Fine-tune", reason="the vendor pays")
    overridden = await around.slack.whisper_to(ana, "✎ Overridden by")
    assert around.slack.workspace.seen_by(ana) == [overridden]
    assert general.messages == []


async def test_of_two_who_override_the_second_is_told_privately(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    forms = [await overriding(around, user, message) for user in (ana, ben)]
    for modal in forms:
        await slack.submit(modal, outcome="Fine-tune", reason="so")
    told = await slack.whisper_to(ben, "Nothing was changed")
    assert f"<@{ana}> overrode this on" in told.text
    assert ": fine-tune." in told.text
    assert whats(around) == ["proposed", "overridden"]


async def test_overridden_recommendation_is_not_accepted_by_a_message_that_shows_it_late(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    row = list(message.blocks)
    modal = await overriding(around, ana, message)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    message.blocks = row
    await around.slack.press(ben, message, "Accept")
    await around.slack.whisper_to(ben, "overrode this on")
    assert message.labels == ["Correct this…", "Sources", "Change owner or review date…", "History"]
    assert whats(around) == ["proposed", "overridden"]


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"outcome": "Fine-tune"}, "reason", "Please say why"),
        ({"outcome": "Fine-tune", "reason": " \n "}, "reason", "Please say why"),
        ({"outcome": "Fine-tune", "reason": "x" * 501}, "reason", "at most 500 characters"),
        ({"reason": "so"}, "outcome", "Please pick"),
    ],
)
async def test_form_that_is_not_filled_in_stays_open_and_says_what_is_missing(
    around: Surroundings, ana: str, general: Channel, *, values: dict[str, str], field: str, says: str
) -> None:
    modal = await overriding(around, ana, await recommended(around, ana, general))
    submitted = await around.slack.submit(modal, **values)
    assert submitted.is_acknowledged
    assert [shown.is_open for shown in around.slack.views.modals] == [True]
    assert says in modal.errors[field]
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    assert not modal.is_open
    await is_idle(around)
    assert whats(around) == ["proposed", "overridden"]


async def test_form_stays_open_with_its_input_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await overriding(around, ana, message)
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["reason"]
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")


async def test_no_form_is_opened_in_vain_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, "Override…")
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []


async def test_form_delivered_twice_counts_once(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    modal = await overriding(around, ana, await recommended(around, ana, general))
    submitted = await slack.submit(modal, outcome="Fine-tune", reason="so")
    await is_idle(around)
    await slack.sockets.deliver_again(submitted)
    await is_idle(around)
    assert whats(around) == ["proposed", "overridden"]
    assert slack.workspace.seen_by(ana) == []


async def test_press_delivered_twice_opens_one_form(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    pressed = await slack.press(ana, await recommended(around, ana, general), "Override…")
    await slack.sockets.deliver_again(pressed)
    assert len(slack.views.modals) == 1
    assert slack.workspace.seen_by(ana) == []


async def test_form_that_cannot_be_opened_is_said_to_be_so(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    slack.faults["views.open"].append(Refused("expired_trigger_id"))
    pressed = await slack.press(ana, message, "Override…")
    assert pressed.is_acknowledged
    await slack.whisper_to(ana, "I could not open that")


async def test_form_opened_by_a_copied_message_is_none(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, "Override…", channel=other)
    assert around.slack.views.modals == []


async def sources(around: Surroundings, user: str, message: Message) -> str:
    await around.slack.press(user, message, "Sources")
    return (await around.slack.modal_of(user)).shown


async def test_sources_are_shown_in_full(around: Surroundings, ana: str, ben: str, general: Channel) -> None:
    message = await recommended(around, ana, general)
    shown = await sources(around, ben, message)
    assert "[1] *Few-shot prompting* — What it is\n“Examples in the prompt.”" in shown
    assert await around.inbox.backlog() == 0


async def test_sources_of_a_private_and_decided_recommendation_are_shown(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Accept")
    message = await around.slack.whisper_to(ana, "✓ Accepted by")
    assert "Few-shot prompting" in await sources(around, ana, message)


async def test_sources_whose_words_are_kept_no_more_are_named(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    used = UsedPassage(slug="few-shot", section="What it <is>", distance=0.2)
    revision = record(around).current.model_copy(update={"passages": (used,)})
    kept = record(around).model_copy(update={"revisions": (revision,)})
    around.log.kept["T0FAKE", DECISION_ID] = kept
    shown = await sources(around, ana, message)
    assert "only where they stand" in shown
    assert "• few-shot — What it &lt;is&gt;" in shown


async def test_sources_that_are_kept_nowhere_are_said_to_be_gone(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    around.log.kept.clear()
    assert "I no longer have the sources" in await sources(around, ana, message)


async def test_sources_of_another_channel_are_not_shown_here(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    elsewhere = record(around).place.model_copy(update={"channel_id": "C0ELSEWHERE"})
    around.log.kept["T0FAKE", DECISION_ID] = record(around).model_copy(update={"place": elsewhere})
    assert "I no longer have the sources" in await sources(around, ana, message)


async def test_sources_are_not_pretended_to_be_gone_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, "Sources")
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []


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
