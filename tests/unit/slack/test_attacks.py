"""What nobody should get anything by: copies of our messages, made-up buttons, everything twice."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.record import DecisionRecord
from bot.slack.button_keys import ButtonKey
from bot.slack.shortcuts import ASK, SAVE
from tests.fake_slack.faults import Broken
from tests.fake_slack.sockets import Delivery
from tests.fake_slack.workspace import BOT_ID, BOT_USER_ID, TEAM_ID, Channel, Message
from tests.unit.slack.corrected import (
    ASKED,
    CORRECT,
    MAY_NOT_TRAIN,
    MAY_TRAIN,
    correcting,
    is_shown,
    recommended,
    recommended_privately,
    record,
)
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving

IS_A_COPY = "This is a copy"
PUBLIC_LABELS = (CORRECT, MAY_TRAIN, MAY_NOT_TRAIN, "Accept", "Override…", "Sources")
PRIVATE_LABELS = (*PUBLIC_LABELS, "Share", "Continue in thread", "Keep to myself")


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


def everything(around: Surroundings) -> tuple[dict[Any, Any], ...]:
    """Return all that is kept, to be compared."""
    return (dict(around.log.kept), dict(around.conversations.kept), dict(around.feedback.kept))


def copied(around: Surroundings, message: Message, channel: Channel) -> Message:
    """Put a copy of a message of ours into a channel, buttons and all."""
    copy = around.slack.keep(BOT_USER_ID, channel, message.text)
    copy.blocks, copy.bot_id = json.loads(json.dumps(message.blocks)), BOT_ID
    return copy


# --- copies


@pytest.mark.parametrize("kind", ["public", "private", "shared", "im"])
async def test_copy_in_another_channel_does_nothing_shows_nothing_and_says_so_once_for_each_press(
    around: Surroundings, ana: str, general: Channel, kind: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    slack = around.slack
    mallory = slack.add_user("mallory", team_id="T0CONNECT", is_stranger=True)
    other = slack.add_channel("other", {mallory}, kind=kind)
    copy = copied(around, await recommended(around, ana, general), other)
    await around.settled()
    before, taken = everything(around), around.inbox._appended
    for label in PUBLIC_LABELS:
        assert (await slack.press(mallory, copy, label)).is_acknowledged
    await slack.rate(mallory, copy, is_helpful=False)
    assert [IS_A_COPY in told.text for told in slack.workspace.seen_by(mallory)] == [True] * 7
    assert all("D-" not in told.text for told in slack.workspace.seen_by(mallory))
    assert slack.views.modals == []
    assert everything(around) == before
    assert around.inbox._appended == taken
    logged = capsys.readouterr().out
    assert logged.count("pressed_elsewhere") == 7
    assert other.id in logged


async def test_press_on_a_copy_is_refused_also_where_the_person_cannot_be_told(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    copy = copied(around, await recommended(around, ana, general), other)
    around.slack.faults["response_url"].append(Broken(500))
    pressed = await around.slack.press(ana, copy, "Accept")
    assert not pressed.is_acknowledged
    assert record(around).status == "proposed"


async def test_copy_in_the_same_channel_decides_as_the_message_does_and_only_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    copy = copied(around, message, general)
    await around.slack.press(ben, copy, "Accept")
    await is_shown(around, message, f"✓ Accepted by <@{ben}>")
    await around.slack.press(ana, message, "Override…")
    assert (await around.slack.modal_of(ana)).is_open
    assert [change.what for change in record(around).history] == ["proposed", "accepted"]


async def test_private_answer_that_somebody_else_gets_hold_of_is_of_no_use(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    private = await recommended_privately(around, ana, general)
    await around.settled()
    before = (dict(around.log.kept), dict(around.conversations.kept))
    for label in PRIVATE_LABELS:
        await slack.press(ben, private, label)
    await around.settled()
    assert (around.log.kept, around.conversations.kept) == before
    assert general.messages == []
    shown = "\n".join(modal.shown for modal in slack.views.modals)
    assert "400" not in shown
    assert "tone" not in shown


# --- made-up buttons


@pytest.mark.parametrize(
    "button",
    [
        ("accept", "FINE_TUNE_DPO", "decision"),
        ("accept", "NOT_AN_OPTION", "decision"),
        ("accept", "", "decision"),
        ("keep_earlier", "COLLECT_DATA D-AAAAAAAAAA", "decision"),
        ("keep_earlier", "COLLECT_DATA", "decision"),
        ("confirm", "COLLECT_DATA", "condition:"),
        ("confirm", "COLLECT_DATA", "condition:NO_SUCH"),
        ("confirm", "COLLECT_DATA", "decision"),
        ("change", "COLLECT_DATA", "decision"),
        ("review:went_well", "2026-12-24", "review"),
        ("review:nothing", "2026-12-24", "review"),
        ("reply:format", "format", "decision"),
        ("share", "share", "decision"),
        ("share", "share", "question"),
        ("evaluate", "x", "edited"),
        ("accept", "COLLECT_DATA", "status"),
    ],
)
async def test_made_up_button_changes_nothing(
    around: Surroundings, ana: str, general: Channel, button: tuple[str, str, str]
) -> None:
    slack = around.slack
    action_id, value, group = button
    message = await recommended(around, ana, general)
    await around.settled()
    before, posted = everything(around), len(general.messages)
    key = ButtonKey(record(around).place, record(around).id, group).encode()
    made_up = copied(around, message, general)
    text = {"type": "plain_text", "text": "Press me"}
    element = {"type": "button", "action_id": action_id, "value": value, "text": text}
    made_up.blocks = [{"type": "actions", "block_id": key, "elements": [element]}]
    assert (await slack.press(ana, made_up, "Press me")).is_acknowledged
    await around.settled()
    assert everything(around) == before
    assert len(general.messages) == posted + 1
    assert around.inbox.dead_letters == []
    assert all(modal.view.get("submit") is None for modal in slack.views.modals)


async def test_made_up_decision_of_another_channel_is_neither_shown_nor_changed(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    """Its key names where the button stands, and a decision that was made elsewhere."""
    slack = around.slack
    secret = slack.add_channel("secret", {ana}, kind="private")
    theirs = await recommended(around, ana, secret)
    await around.settled()
    stolen = copied(around, theirs, general)
    for block in stolen.blocks:
        if block.get("block_id", "").startswith('["'):
            block["block_id"] = block["block_id"].replace(secret.id, general.id)
    before = everything(around)
    for label in PUBLIC_LABELS:
        await slack.press(ben, stolen, label)
    for modal in [modal for modal in slack.views.modals if modal.view.get("submit")]:
        await slack.submit(modal, outcome=modal.choices[0], reason="so")
    await around.settled()
    assert everything(around) == before
    said = "\n".join([modal.shown for modal in slack.views.modals])
    said += "\n".join(told.text for told in slack.workspace.seen_by(ben))
    assert "400" not in said


# --- everything twice


async def twice(around: Surroundings, delivery: Delivery) -> None:
    await around.settled()
    await around.slack.sockets.deliver_again(delivery)
    await around.settled()


async def test_whole_life_of_a_decision_counts_once_however_often_slack_tells_of_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    text = f"{slack.mention} {ASKED}"
    said = slack.keep(ana, general, text)
    for payload in slack.events_of(said):
        await twice(around, await slack.deliver(payload))
    question = await slack.reply_in(general, said.ts)
    await twice(around, await slack.press(ana, question, "Just tell me"))
    message = await slack.reply_in(general, said.ts, number=2)
    await twice(around, await slack.press(ben, message, MAY_TRAIN))
    modal = await correcting(around, ben, message)
    await twice(around, await slack.submit(modal, eval_set_n="200"))
    await twice(around, await slack.rate(ben, message, is_helpful=True))
    await twice(around, await slack.press(ben, message, "Accept"))
    await slack.press(ana, message, "Override…")
    override = await slack.modal_of(ana)
    await twice(around, await slack.submit(override, outcome=override.choices[0], reason="so"))
    await twice(around, await slack.edit(said, text.replace("400", "90")))
    offer = await slack.whisper_to(ana, "Evaluate again?")
    await twice(around, await slack.press(ana, offer, "Evaluate again"))
    newer = await slack.reply_in(general, said.ts, number=5)
    first, second = around.log.kept.values()
    whats = ["proposed", "revised", "revised", "accepted", "overridden", "superseded"]
    assert [change.what for change in first.history] == whats
    assert [change.what for change in second.history] == ["proposed"]
    await twice(around, await slack.press(ana, newer, "Accept"))
    await twice(around, await slack.command(ana, general, f"/finetune withdraw {second.id}"))
    now: DecisionRecord = around.log.kept[TEAM_ID, second.id]
    assert [change.what for change in now.history] == ["proposed", "accepted", "withdrawn"]
    # The question, the answer, one line for each of two corrections, and the newer answer.
    assert len(slack.workspace.ours(general.id, said.ts)) == 5
    assert len(around.feedback.kept) == 1
    assert around.inbox.dead_letters == []


async def test_private_things_and_shortcuts_count_once_too(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await twice(around, await slack.command(ana, general, f"/finetune {ASKED}"))
    private = await slack.whisper_to(ana, "Question 1")
    assert slack.workspace.seen_by(ana) == [private]
    await twice(around, await slack.press(ana, private, "Just tell me"))
    private = await slack.whisper_to(ana, "Share")
    await twice(around, await slack.press(ana, private, "Share"))
    assert len(general.messages) == 1
    theirs = slack.keep(ben, general, "our bot gets the tone wrong")
    await twice(around, await slack.use_shortcut(ana, theirs, ASK))
    assert len([place for place in around.conversations.kept if place.thread.startswith("about:")]) == 1
    await slack.use_shortcut(ana, theirs, SAVE)
    form = await slack.modal_of(ana)
    await twice(around, await slack.submit(form, outcome=form.choices[0], why="so"))
    assert len([one for one in around.log.kept.values() if one.origin != "recommended"]) == 1
    await twice(around, await slack.open_app(ana, "home"))
    await twice(around, await slack.open_app(ana, "messages"))
    await twice(around, await slack.invite(ana, slack.add_channel("new", {ana}, with_bot=False)))
    assert around.inbox.dead_letters == []


async def test_deletion_that_is_told_twice_erases_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    said = next(one for one in general.messages if one.ts == message.thread_ts)
    await twice(around, await around.slack.delete(said))
    whats = [change.what for change in record(around).history]
    assert whats.count("withdrawn") == 1
    assert "400 reviewed replies" not in message.shown
