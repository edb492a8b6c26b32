"""People delete messages that we had answered: their words are gone, what they decided is not."""

from __future__ import annotations

import asyncio

import pytest

from bot.record import DecisionRecord
from bot.slack import shortcuts
from tests.fake_slack import shapes
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

QUESTION = "should we fine-tune? *Acme* pays"


def record(around: Surroundings) -> DecisionRecord:
    return around.log.kept["T0FAKE", DECISION_ID]


def whats(around: Surroundings) -> list[str]:
    return [change.what for change in record(around).history]


async def recommended(around: Surroundings, user: str, channel: Channel) -> tuple[Message, Message]:
    """Return what was asked and our recommendation."""
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} {QUESTION}")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    return said, await slack.reply_in(channel, said.ts, number=2)


async def test_deleted_question_leaves_no_word_behind_and_its_proposal_is_withdrawn(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, message = await recommended(around, ana, general)
    assert "“should we fine-tune? ∗Acme∗ pays”" in message.shown
    assert "Acme" in message.text
    await around.slack.delete(said)
    await around.slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert whats(around) == ["proposed", "erased", "withdrawn"]
    assert "Acme" not in record(around).model_dump_json()
    assert "Acme" not in message.shown + message.text
    assert "(deleted)" in message.shown
    assert f"✕ Withdrawn by <@{ana}>" in message.shown
    assert message.labels == ["Sources", "History"]
    (conversation,) = around.conversations.kept.values()
    assert "Acme" not in conversation.model_dump_json()
    assert around.slack.workspace.seen_by(ana) == []


async def test_what_was_accepted_stays_accepted_without_the_words(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    said, message = await recommended(around, ana, general)
    await around.slack.press(ben, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    await around.slack.delete(said)
    await around.slack.until(lambda: "erased" in whats(around), "nothing was erased")
    assert record(around).status == "accepted"
    assert whats(around) == ["proposed", "accepted", "erased"]
    assert "Acme" not in record(around).model_dump_json()
    assert "Acme" not in message.shown + message.text
    assert f"✓ Accepted by <@{ben}>" in message.shown


async def test_deleted_question_that_waits_for_an_answer_is_not_asked_any_more(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} {QUESTION}")
    await slack.reply_in(general, said.ts)
    await slack.delete(said)
    await slack.until(
        lambda: not next(iter(around.conversations.kept.values())).is_waiting, "it is still asked"
    )
    await slack.say(ben, general, "good riddance", said.ts)
    await around.settled()
    assert len(around.advisor.turns) == 1


async def test_deleted_answer_takes_its_words_out_of_the_line_that_it_became(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    answer = await slack.say(ben, general, "it breaks Acme's format", said.ts)
    await slack.press(ana, await slack.reply_in(general, said.ts, number=2), "Just tell me")
    message = await slack.reply_in(general, said.ts, number=3)
    assert "Acme" in message.shown
    await slack.delete(answer)
    await slack.until(lambda: "erased" in whats(around), "nothing was erased")
    assert record(around).context == "should we fine-tune?"
    assert record(around).history[-1].by == ben
    assert "Acme" not in record(around).model_dump_json()
    assert all("Acme" not in ours.shown + ours.text for ours in slack.workspace.ours(general.id, said.ts))


async def test_message_that_is_deleted_before_it_is_answered_is_erased_behind_the_answer(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    around.advisor.gate.clear()
    said = await slack.say(ana, general, f"{slack.mention} {QUESTION}")
    await slack.delete(said)
    assert await around.inbox.backlog() == 2
    # Slack would refuse the reply; what counts here is that nothing is kept of the words.
    general.messages.append(said)
    around.advisor.gate.set()
    await around.settled()
    (conversation,) = around.conversations.kept.values()
    assert "Acme" not in conversation.model_dump_json()


async def test_words_are_erased_long_after_the_conversation_was_forgotten(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    around.inbox._once.clear()
    await around.slack.delete(said)
    await around.slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert "Acme" not in record(around).model_dump_json()
    assert "Acme" not in message.shown


async def test_tombstone_and_deletion_of_the_same_message_count_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said, _ = await recommended(around, ana, general)
    told = await slack.delete(said)
    await around.settled()
    await slack.sockets.deliver_again(told)
    await slack.deliver(shapes.deletion_event(said, general, slack.workspace.new_ts()))
    await around.settled()
    assert whats(around) == ["proposed", "erased", "withdrawn"]


async def test_deletions_and_edits_that_concern_nothing_of_ours_are_never_kept(
    around: Surroundings, ana: str, ben: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = around.slack
    said, _ = await recommended(around, ana, general)
    chat = slack.keep(ben, general, "lunch?")
    in_our_thread = slack.keep(ben, general, "I would not have thought so", said.ts)
    kept: list[str] = []
    append = around.inbox.append

    async def watched(body: str, *, order_key: str, once: str) -> bool:
        kept.append(body)
        return await append(body, order_key=order_key, once=once)

    monkeypatch.setattr(around.inbox, "append", watched)
    for message in (chat, in_our_thread):
        edited = await slack.edit(message, "dinner?")
        deleted = await slack.delete(message)
        assert edited.is_acknowledged
        assert deleted.is_acknowledged
    assert kept == []
    assert whats(around) == ["proposed"]


async def test_deletion_of_our_own_message_takes_nothing_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    _, message = await recommended(around, ana, general)
    await around.slack.delete(message)
    await around.settled()
    assert whats(around) == ["proposed"]


async def test_same_ts_in_another_channel_erases_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    said, _ = await recommended(around, ana, general)
    twin = Message(said.ts, other.id, ana, "something else")
    await around.slack.deliver(shapes.deletion_event(twin, other, around.slack.workspace.new_ts()))
    await around.settled()
    assert whats(around) == ["proposed"]
    assert record(around).context == QUESTION


@pytest.mark.parametrize("method", ["conversations.replies", "chat.update"])
async def test_words_are_erased_also_where_slack_lets_us_change_nothing(
    around: Surroundings, ana: str, general: Channel, method: str
) -> None:
    said, message = await recommended(around, ana, general)
    around.slack.faults[method].append(Refused("cant_update_message"))
    await around.slack.delete(said)
    await around.slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert "Acme" not in record(around).model_dump_json()
    assert "Acme" in message.shown


async def test_deletion_while_the_store_is_away_is_not_acknowledged_and_erases_later(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.sockets.ack_within_s = 0.2
    said, _ = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    deleting = asyncio.create_task(slack.delete(said))
    await slack.until(
        lambda: any(
            not taken
            for delivery in slack.sockets.deliveries
            if delivery.type == "events_api" and delivery.payload["event"].get("subtype") == "message_changed"
            for taken in delivery.attempts
        ),
        "Slack never heard that it was not taken",
    )
    around.store_is_down(is_down=False)
    assert (await deleting).is_acknowledged
    await slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")


async def test_person_is_told_with_a_reference_when_their_words_cannot_be_erased(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise ZeroDivisionError

    said, _ = await recommended(around, ana, general)
    monkeypatch.setattr(around.log, "save", stumble)
    await around.slack.delete(said)
    told = await around.slack.whisper_to(ana, "could not erase them")
    assert "reference `" in told.text
    assert "ZeroDivision" not in told.text
    await around.slack.until(lambda: around.inbox.dead_letters, "it was not given up")
    assert len(around.inbox.dead_letters) == 1


async def test_deleted_direct_message_is_erased_too(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    said = await slack.say(ana, direct, QUESTION)
    await slack.press(ana, await slack.reply_in(direct), "Just tell me")
    message = await slack.reply_in(direct, number=2)
    await slack.delete(said)
    await slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert "Acme" not in record(around).model_dump_json()
    assert "Acme" not in message.shown + message.text


async def test_message_that_somebody_asked_about_is_erased_when_its_author_deletes_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    theirs = slack.keep(ben, general, "Acme's bot gets the tone wrong")
    await slack.use_shortcut(ana, theirs, shortcuts.ASK)
    await slack.press(ana, await slack.whisper_to(ana, "What goes wrong"), "Just tell me")
    await slack.whisper_to(ana, "Put ten examples into the prompt")
    await around.settled()
    assert record(around).context_message_id == theirs.ts
    await slack.delete(theirs)
    await slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert "Acme" not in record(around).model_dump_json()
    (conversation,) = around.conversations.kept.values()
    assert "Acme" not in conversation.question


@pytest.mark.parametrize("label", ["Share", "Continue in thread"])
async def test_message_that_somebody_asked_about_leaves_what_was_made_public_of_it(
    around: Surroundings, ana: str, ben: str, general: Channel, label: str
) -> None:
    slack = around.slack
    theirs = slack.keep(ben, general, "Acme's bot gets the *tone* wrong, again and again. " * 6)
    await slack.use_shortcut(ana, theirs, shortcuts.ASK)
    await slack.press(ana, await slack.whisper_to(ana, "What goes wrong"), "Just tell me")
    await slack.press(ana, await slack.whisper_to(ana, "Put ten examples into the prompt"), label)
    await around.settled()
    assert [message for message in slack.workspace.ours(general.id) if "Acme" in message.shown]
    await slack.delete(theirs)
    await slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    assert not [
        message for message in slack.workspace.ours(general.id) if "Acme" in message.shown + message.text
    ]


async def test_decision_saved_from_a_message_stays_without_its_words(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    theirs = slack.keep(ben, general, "We distil Acme's tagger")
    await slack.use_shortcut(ana, theirs, shortcuts.SAVE)
    form = await slack.modal_of(ana)
    await slack.submit(form, outcome="Distil into a small model", why="20,000 mails a day")
    await slack.whisper_to(ana, "Saved as D-")
    await slack.delete(theirs)
    (saved,) = around.log.kept.values()
    await slack.until(lambda: next(iter(around.log.kept.values())) != saved, "nothing was erased")
    (erased,) = around.log.kept.values()
    assert (erased.status, erased.context) == ("accepted", "")
