"""People set right what was heard, in a form or with one tap, and the recommendation follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.slack import corrections, recommendation_blocks
from tests.fake_slack.faults import Fault, LostAnswer, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving

ASKED = (
    "should we fine-tune? Our support bot knows the facts but gets the tone wrong. We have 400 reviewed "
    "replies. We tried examples in the prompt and scored prompt versions."
)
CORRECT, MAY_TRAIN, MAY_NOT_TRAIN = "Correct this…", "Yes, we may train on it", "No, we may not"
FINE_TUNE, COLLECT = "Fine-tune: you have the examples for it", "Collect reviewed examples first"


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    is_direct = channel.kind == "im"
    said = await slack.say(user, channel, ASKED if is_direct else f"{slack.mention} {ASKED}")
    thread_ts = "" if is_direct else said.ts
    await slack.press(user, await slack.reply_in(channel, thread_ts), "Just tell me")
    message = await slack.reply_in(channel, thread_ts, number=2)
    assert FINE_TUNE in message.shown
    return message


async def recommended_privately(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, f"/finetune {ASKED}")
    await around.slack.press(user, await around.slack.whisper_to(user, "Question 1"), "Just tell me")
    return await around.slack.whisper_to(user, CORRECT)


async def correcting(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.press(user, message, CORRECT)
    return await around.slack.modal_of(user)


async def is_idle(around: Surroundings) -> None:
    await around.slack.until(lambda: not around.inbox._kept, "the inbox was not worked off")


async def is_shown(around: Surroundings, message: Message, text: str) -> None:
    await around.slack.until(lambda: text in message.shown, f"the message does not say {text!r}")
    assert text in message.shown


def record(around: Surroundings) -> DecisionRecord:
    (kept,) = around.log.kept.values()
    return kept


def values(record: DecisionRecord) -> dict[str, object]:
    return {statement.fact: statement.value for statement in record.current.statements}


def heard(around: Surroundings) -> dict[str, tuple[object, str]]:
    """Return what is shown as heard now, with how it is known."""
    (conversation,) = around.conversations.kept.values()
    reply = conversation.last_reply
    assert isinstance(reply, Recommend)
    return {one.fact: (one.value, one.source) for one in reply.heard}


async def test_form_shows_what_was_heard_with_its_words_and_what_would_tell_most(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    fields = {block["block_id"]: block for block in modal.view["blocks"] if block["type"] == "input"}
    assert fields["examples_n"]["element"]["initial_value"] == "400"
    assert fields["examples_n"]["hint"]["text"] == "From “We have 400 reviewed replies”"
    assert fields["failure_mode"]["element"]["initial_option"]["text"]["text"] == "Its style is inconsistent"
    assert fields["failure_mode"]["hint"]["text"] == "Assumed from “gets the tone wrong”"
    unknown = list(fields)[list(fields).index("tried_prompting") + 1 :]
    assert unknown[0] == "eval_set_n"
    assert {"data_rights", "base_tunable"} <= set(unknown)
    assert all(field["optional"] for field in fields.values())


async def test_correction_revises_the_record_updates_the_message_and_says_who_it_was(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ben, message)
    await around.slack.submit(modal, examples_n="about 20")
    assert not modal.is_open
    await is_shown(around, message, COLLECT)
    assert "19 to 21 reviewed examples _(corrected)_ — “about 20”" in message.shown
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert line.text.startswith(f"✎ <@{ben}> corrected: 400 reviewed examples → 19 to 21 reviewed examples.")
    assert f"Now: *{COLLECT}*" in line.text
    assert [change.what for change in record(around).history] == ["proposed", "revised"]
    assert record(around).history[-1].by == ben
    assert record(around).history[-1].why == "400 reviewed examples → 19 to 21 reviewed examples"
    assert heard(around)["examples_n"][1] == "form"


async def test_what_is_not_so_is_really_gone(around: Surroundings, ana: str, general: Channel) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ana, message)
    await around.slack.submit(modal, examples_n="", examples_at_hand="Not so, or not known", data_quality="")
    await is_idle(around)
    assert not heard(around).keys() & {"examples_n", "examples_at_hand", "data_quality"}
    assert "400 reviewed examples" not in message.shown
    again = await correcting(around, ana, message)
    assert "400" not in again.shown


async def test_amounts_are_read_as_in_messages_and_what_says_nothing_stays_open(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    await around.slack.submit(modal, examples_n="lots", eval_set_n="3k")
    assert set(modal.errors) == {"examples_n"}
    assert "Try 300, a couple hundred, or 3k" in modal.errors["examples_n"]
    await around.slack.submit(modal, examples_n="a couple hundred", eval_set_n="3k")
    assert not modal.is_open
    await is_idle(around)
    assert values(record(around))["eval_set_n"] == 3_000
    assert heard(around)["eval_set_n"] == (3_000, "form")


async def test_form_that_changes_nothing_says_so(around: Surroundings, ana: str, general: Channel) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    await around.slack.submit(modal)
    assert modal.is_open
    assert "Nothing is changed yet" in str(modal.errors)
    assert await around.inbox.backlog() == 0


async def test_accepted_recommendation_is_superseded_by_a_correction(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    await slack.press(ana, message, "Accept")
    await is_shown(around, message, "✓ Accepted by")
    await slack.submit(await correcting(around, ben, message), examples_n="20")
    await is_shown(around, message, COLLECT)
    old, new = around.log.kept.values()
    assert (old.status, old.superseded_by) == ("superseded", new.id)
    assert (new.status, new.supersedes) == ("proposed", old.id)
    assert "✓ Accepted by" not in message.shown
    assert f"decision {new.id}, in place of {old.id}" in message.shown
    line = await slack.reply_in(general, message.thread_ts, number=3)
    assert f"This is {new.id} now, in place of {old.id}." in line.text
    # The message leads to the new one from now on, and only its beginning was worth a word.
    await slack.submit(await correcting(around, ben, message), examples_n="30")
    again = await slack.reply_in(general, message.thread_ts, number=4)
    assert "in place of" not in again.text
    await slack.press(ben, message, "Accept")
    await is_shown(around, message, f"✓ Accepted by <@{ben}>")
    assert around.log.kept["T0FAKE", new.id].status == "accepted"


async def test_two_who_correct_different_facts_at_once_lose_neither(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    forms = [await correcting(around, user, message) for user in (ana, ben)]
    await asyncio.gather(
        around.slack.submit(forms[0], examples_n="80"), around.slack.submit(forms[1], eval_set_n="200")
    )
    await is_idle(around)
    assert heard(around)["examples_n"] == (80, "form")
    assert heard(around)["eval_set_n"] == (200, "form")
    assert "80 reviewed examples" in message.shown
    assert "200 test cases" in message.shown
    assert around.slack.workspace.ephemerals == []


async def test_of_two_who_correct_the_same_fact_the_later_is_told_what_stands(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    forms = [await correcting(around, user, message) for user in (ana, ben)]
    await around.slack.submit(forms[0], examples_n="80")
    await around.slack.submit(forms[1], examples_n="20", eval_set_n="200")
    told = await around.slack.whisper_to(ben, "This was changed after your form was opened")
    assert f"• reviewed examples: <@{ana}> said 80 reviewed examples" in told.text
    await is_idle(around)
    assert heard(around)["examples_n"] == (80, "form")
    assert heard(around)["eval_set_n"] == (200, "form")
    await around.slack.submit(await correcting(around, ben, message), examples_n="20")
    await is_shown(around, message, "20 reviewed examples")


async def test_correction_delivered_twice_counts_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    submitted = await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    await is_idle(around)
    await around.slack.sockets.deliver_again(submitted)
    await is_idle(around)
    assert len(record(around).revisions) == 2
    assert len(around.slack.workspace.ours(general.id, message.thread_ts)) == 3


@pytest.mark.parametrize("fault", [Refused("fatal_error"), LostAnswer()])
async def test_correction_whose_handling_broke_off_is_finished_once(
    around: Surroundings, ana: str, general: Channel, *, fault: Fault
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    slack.faults["chat.postMessage"].append(fault)
    await slack.submit(await correcting(around, ana, message), examples_n="20")
    await slack.reply_in(general, message.thread_ts, number=3)
    await is_idle(around)
    assert len(around.slack.workspace.ours(general.id, message.thread_ts)) == 3
    assert len(record(around).revisions) == 2
    assert COLLECT in message.shown


async def test_form_stays_open_with_its_input_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ana, message)
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, examples_n="20")
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["examples_n"]
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, examples_n="20")
    await is_shown(around, message, COLLECT)


async def test_no_form_is_drawn_from_nothing_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, CORRECT)
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []


async def test_private_recommendation_is_corrected_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended_privately(around, ana, general)
    await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    corrected = await around.slack.whisper_to(ana, COLLECT)
    await is_idle(around)
    assert around.slack.workspace.seen_by(ana) == [corrected]
    assert general.messages == []
    assert record(around).audience.kind == "person"


async def test_shared_recommendation_is_corrected_in_place_and_says_still_whose_it_is(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Share")
    await around.slack.whisper_to(ana, "Shared in the channel")
    shared = await around.slack.reply_in(general)
    await around.slack.submit(await correcting(around, ben, shared), examples_n="20")
    await is_shown(around, shared, COLLECT)
    assert shared.shown.startswith(f"<@{ana}> asked, and shares my answer: “should we fine-tune?")
    assert shared.labels[-1] == "Sources"
    line = await around.slack.reply_in(general, shared.ts, number=2)
    assert line.text.startswith(f"✎ <@{ben}> corrected:")


async def test_recommendation_that_was_kept_to_oneself_stays_so_when_it_is_corrected(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Keep to myself")
    kept = await around.slack.whisper_to(ana, "Kept to yourself")
    await around.slack.submit(await correcting(around, ana, kept), examples_n="20")
    corrected = await around.slack.whisper_to(ana, COLLECT)
    assert "Kept to yourself" in corrected.shown
    assert "Share" not in corrected.labels


async def test_deleted_question_leaves_what_was_set_right_but_none_of_its_words(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    modal = await correcting(around, ben, message)
    await slack.submit(modal, examples_n="about 20")
    await is_shown(around, message, COLLECT)
    line = await slack.reply_in(general, message.thread_ts, number=3)
    assert "gets the tone wrong" in message.shown + message.text
    await slack.delete(next(said for said in general.messages if ASKED in said.text))
    await slack.until(lambda: record(around).status == "withdrawn", "it was not withdrawn")
    await is_idle(around)
    (conversation,) = around.conversations.kept.values()
    everything = (
        record(around).model_dump_json(),
        conversation.model_dump_json(),
        message.shown,
        message.text,
    )
    for words in ("gets the tone wrong", "400 reviewed replies", "scored prompt versions."):
        assert not [one for one in (*everything, line.shown) if words in one]
    # What was entered into the form is another person's.
    assert "“about 20”" in message.shown
    assert values(record(around))["examples_n"] is not None
    assert [change.what for change in record(around).history] == [
        "proposed",
        "revised",
        "erased",
        "withdrawn",
    ]


async def test_form_that_is_older_than_a_withdrawal_changes_nothing(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    filled, still_open = await correcting(around, ben, message), slack.keep(ben, general, "")
    still_open.blocks, still_open.bot_id = list(message.blocks), message.bot_id
    await slack.command(ana, general, f"/finetune withdraw {record(around).id}")
    await is_shown(around, message, "Withdrawn by")
    before = record(around)
    await slack.submit(filled, examples_n="20")
    assert "withdrew this on" in (await slack.whisper_to(ben, "Nothing was changed")).text
    assert "withdrew this on" in (await correcting(around, ben, still_open)).shown
    await slack.press(ben, still_open, MAY_TRAIN)
    await is_idle(around)
    assert len(slack.workspace.seen_by(ben)) == 2
    assert record(around) == before
    assert "Withdrawn by" in message.shown
    assert len(slack.workspace.ours(general.id, message.thread_ts)) == 2


async def test_thread_hears_whether_what_was_set_right_changes_the_recommendation(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.submit(await correcting(around, ben, message), examples_n="4000")
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert f"Still: *{FINE_TUNE}*" in line.text


async def test_nobody_else_corrects_or_sees_what_one_person_was_shown(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended_privately(around, ana, general)
    before = record(around)
    modal = await correcting(around, ben, message)
    assert "there is nothing to correct" in modal.shown
    assert "400" not in modal.shown
    await around.slack.press(ben, message, MAY_TRAIN)
    await around.slack.whisper_to(ben, "I no longer have this decision")
    assert record(around) == before
    # A form that was drawn for one person is no key for another.
    stolen = await correcting(around, ana, message)
    stolen.user = ben
    await around.slack.submit(stolen, examples_n="20")
    await is_idle(around)
    assert record(around) == before


async def test_recommendation_in_a_direct_message_is_corrected_without_a_line_below(
    around: Surroundings, ana: str
) -> None:
    direct = around.slack.add_channel("ana", {ana}, kind="im")
    message = await recommended(around, ana, direct)
    await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    await is_shown(around, message, COLLECT)
    await is_idle(around)
    assert len(around.slack.workspace.ours(direct.id)) == 2


async def test_message_copied_to_another_channel_corrects_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    for label in (CORRECT, MAY_TRAIN):
        pressed = await around.slack.press(ana, message, label, channel=other)
        assert pressed.is_acknowledged
    await is_idle(around)
    assert around.slack.views.modals == []
    assert len(record(around).revisions) == 1


async def test_record_of_another_channel_is_neither_shown_nor_corrected_here(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    elsewhere = record(around).place.model_copy(update={"channel_id": "C0ELSEWHERE"})
    around.log.kept["T0FAKE", record(around).id] = record(around).model_copy(update={"place": elsewhere})
    assert "there is nothing to correct" in (await correcting(around, ana, message)).shown
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I no longer have this decision")
    assert len(record(around).revisions) == 1


@pytest.mark.parametrize("label", [CORRECT, MAY_TRAIN])
async def test_conversation_that_is_gone_is_said_to_be_gone(
    around: Surroundings, ana: str, general: Channel, *, label: str
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    await around.slack.press(ana, message, label)
    if label == CORRECT:
        assert "I no longer have this conversation" in (await around.slack.modal_of(ana)).shown
    else:
        await around.slack.whisper_to(ana, "I no longer have this conversation")
    assert len(record(around).revisions) == 1


async def test_form_of_an_older_case_is_refused_kindly(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    message = await recommended(around, ana, direct)
    modal = await correcting(around, ana, message)
    await slack.say(ana, direct, "New case: should we fine-tune? it makes up facts about our products")
    await slack.reply_in(direct, number=3)
    await slack.submit(modal, examples_n="20")
    told = await slack.whisper_to(ana, "That belongs to an older decision")
    assert told.only_for == ana
    (first, *_) = around.log.kept.values()
    assert len(first.revisions) == 1
    assert "That belongs to an older decision" in (await correcting(around, ana, message)).shown


async def test_recommendation_that_cannot_be_updated_is_posted_anew(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    modal = await correcting(around, ana, message)
    slack.faults["chat.update"].append(Refused("message_not_found"))
    await slack.submit(modal, examples_n="20")
    anew = await slack.reply_in(general, message.thread_ts, number=3)
    assert COLLECT in anew.shown
    assert CORRECT in anew.labels


async def test_confirmed_condition_becomes_a_fact_and_its_buttons_go(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    assert MAY_TRAIN in message.labels
    await around.slack.press(ben, message, MAY_TRAIN)
    await is_shown(around, message, "you may train on the data _(picked)_")
    assert MAY_TRAIN not in message.labels
    assert heard(around)["data_rights"] == ("ok", "button")
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert line.text.startswith(f"✎ <@{ben}> corrected: you may train on the data.")
    assert record(around).current.conditions != record(around).revisions[0].conditions


async def test_denied_condition_changes_the_recommendation(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, MAY_NOT_TRAIN)
    await is_shown(around, message, "Not by training: the data may not be used for it")
    assert values(record(around))["data_rights"] == "restricted"


async def test_condition_pressed_twice_or_by_two_counts_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    first = list(message.blocks)
    pressed = await slack.press(ana, message, MAY_TRAIN)
    await is_idle(around)
    await slack.sockets.deliver_again(pressed)
    message.blocks = first
    await slack.press(ben, message, MAY_NOT_TRAIN)
    told = await slack.whisper_to(ben, "I left it as it is")
    assert f"<@{ana}> said you may train on the data" in told.text
    assert heard(around)["data_rights"] == ("ok", "button")
    assert len(record(around).revisions) == 2
    # A message that did not show it shows it now.
    assert MAY_TRAIN not in message.labels


async def test_condition_is_not_taken_in_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I can't remember anything right now")
    assert MAY_TRAIN in message.labels


async def test_correction_that_fails_again_and_again_is_apologised_for(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ana, message)
    around.advisor.fails += [ZeroDivisionError() for _ in range(5)]
    await around.slack.submit(modal, examples_n="20")
    await around.slack.whisper_to(ana, "Please try again later")
    await around.slack.until(lambda: around.inbox.dead_letters, "it was not given up")
    assert len(around.inbox.dead_letters) == 1


@pytest.mark.parametrize("is_kept", [True, False])
async def test_details_show_in_full_what_the_message_has_no_room_for(
    around: Surroundings,
    ana: str,
    general: Channel,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_kept: bool,
) -> None:
    monkeypatch.setattr(recommendation_blocks, "MOST_REASONS", 1)
    message = await recommended(around, ana, general)
    *_, last_reason = record(around).current.rationale
    assert last_reason not in message.shown
    assert "… and 1 more in *Details*" in message.shown
    if not is_kept:
        around.conversations.kept.clear()
    await around.slack.press(ana, message, "Details")
    assert last_reason in (await around.slack.modal_of(ana)).shown


async def test_details_of_what_one_person_was_shown_are_nobody_elses(
    around: Surroundings, ana: str, ben: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendation_blocks, "MOST_REASONS", 1)
    message = await recommended_privately(around, ana, general)
    await around.slack.press(ben, message, "Details")
    modal = await around.slack.modal_of(ben)
    assert "I no longer have this decision" in modal.shown
    assert FINE_TUNE not in modal.shown


async def test_condition_that_the_policy_asks_no_more_changes_nothing(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await recommended(around, ana, general)
    monkeypatch.setattr(corrections, "confirmation_of", lambda _id: None)
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I no longer ask that")
    assert len(record(around).revisions) == 1


async def test_whoever_has_left_a_private_channel_corrects_nothing_with_an_old_form(
    around: Surroundings, ana: str, ben: str
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    message = await recommended(around, ana, secret)
    modal = await correcting(around, ben, message)
    secret.members.remove(ben)
    await around.slack.submit(modal, examples_n="20")
    await around.slack.press(ben, message, MAY_TRAIN)
    await is_idle(around)
    assert len(record(around).revisions) == 1
    assert "there is nothing to correct" in (await correcting(around, ben, message)).shown


async def test_nothing_is_corrected_while_slack_does_not_say_who_is_in_the_channel(
    around: Surroundings, ana: str
) -> None:
    secret = around.slack.add_channel("secret", {ana}, kind="private")
    message = await recommended(around, ana, secret)
    around.slack.faults["conversations.members"] += [Refused("missing_scope")] * 2
    assert "I can't tell right now" in (await correcting(around, ana, message)).shown
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I can't tell right now")
    assert len(record(around).revisions) == 1


async def test_superseded_message_asks_for_no_facts_any_more(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    await slack.press(ana, message, "Accept")
    await is_shown(around, message, "✓ Accepted by")
    assert {CORRECT, MAY_TRAIN} <= set(message.labels)
    await slack.say(ana, general, f"{slack.mention} we have only 20 reviewed replies", message.thread_ts)
    await is_shown(around, message, "Superseded by")
    assert not {CORRECT, MAY_TRAIN} & set(message.labels)
