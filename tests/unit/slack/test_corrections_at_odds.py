"""Corrections that meet others, come too late, come twice, or may not be made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.faults import Fault, LostAnswer, Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.corrected import (
    ASKED,
    COLLECT,
    CORRECT,
    MAY_TRAIN,
    correcting,
    heard,
    is_shown,
    recommended,
    recommended_privately,
    record,
    values,
)
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def test_two_who_correct_different_facts_at_once_lose_neither(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    forms = [await correcting(around, user, message) for user in (ana, ben)]
    await asyncio.gather(
        around.slack.submit(forms[0], examples_n="80"), around.slack.submit(forms[1], eval_set_n="200")
    )
    await around.settled()
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
    await around.settled()
    assert heard(around)["examples_n"] == (80, "form")
    assert heard(around)["eval_set_n"] == (200, "form")
    await around.slack.submit(await correcting(around, ben, message), examples_n="20")
    await is_shown(around, message, "20 reviewed examples")


async def test_correction_delivered_twice_counts_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    submitted = await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    await around.settled()
    await around.slack.sockets.deliver_again(submitted)
    await around.settled()
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
    await around.settled()
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
    await around.settled()
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
    await around.settled()
    assert len(slack.workspace.seen_by(ben)) == 2
    assert record(around) == before
    assert "Withdrawn by" in message.shown
    assert len(slack.workspace.ours(general.id, message.thread_ts)) == 2


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
    await around.settled()
    assert record(around) == before


async def test_message_copied_to_another_channel_corrects_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    for label in (CORRECT, MAY_TRAIN):
        pressed = await around.slack.press(ana, message, label, channel=other)
        assert pressed.is_acknowledged
    await around.settled()
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


async def test_whoever_has_left_a_private_channel_corrects_nothing_with_an_old_form(
    around: Surroundings, ana: str, ben: str
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    message = await recommended(around, ana, secret)
    modal = await correcting(around, ben, message)
    secret.members.remove(ben)
    await around.slack.submit(modal, examples_n="20")
    await around.slack.press(ben, message, MAY_TRAIN)
    await around.settled()
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
