"""A newer recommendation comes after an older one, by which nothing is decided from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.corrected import (
    CORRECT,
    FINE_TUNE,
    MAY_TRAIN,
    correcting,
    is_shown,
    recommended,
    recommended_privately,
    record,
)
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving

NEWS = "we have only 20 reviewed replies"
SUPERSEDED, IS_OLDER = "↪ Superseded by", "This is an older one"
UNDER_OUTDONE = ["Details", "History"]


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def told_news(around: Surroundings, user: str, older: Message) -> Message:
    """Say something new under a recommendation, and return the newer one."""
    slack = around.slack
    channel = slack.workspace.channels[older.channel_id]
    number = len(slack.workspace.ours(channel.id, older.thread_ts)) + 1
    text = NEWS if channel.kind == "im" else f"{slack.mention} {NEWS}"
    await slack.say(user, channel, text, older.thread_ts)
    newer = await slack.reply_in(channel, older.thread_ts, number=number)
    await around.settled()
    return newer


async def outdone_unnoticed(around: Surroundings, user: str, channel: Channel) -> tuple[Message, Message]:
    """Return an older recommendation that Slack did not let us redraw, and the newer one."""
    older = await recommended(around, user, channel)
    around.slack.faults["chat.update"].append(Refused("fatal_error"))
    newer = await told_news(around, user, older)
    assert "Accept" in older.labels
    return older, newer


async def test_older_recommendation_says_that_it_is_superseded_and_where_the_newer_one_is(
    around: Surroundings, ana: str, general: Channel
) -> None:
    older = await recommended(around, ana, general)
    newer = await told_news(around, ana, older)
    id_ = record(around).id
    address = f"https://fake.example.com/archives/{general.id}/p{newer.ts.replace('.', '')}"
    assert f"{SUPERSEDED} <{address}|my newer answer> below ({id_})" in older.shown
    assert older.text.startswith(SUPERSEDED)
    assert FINE_TUNE in older.shown
    assert older.labels == UNDER_OUTDONE
    assert {"Accept", "Override…", CORRECT} <= set(newer.labels)
    assert SUPERSEDED not in newer.shown
    await around.slack.press(ana, older, "Details")
    assert "reviewed examples" in (await around.slack.modal_of(ana)).shown


async def test_only_the_newest_of_several_keeps_its_buttons_and_none_is_redrawn_twice(
    around: Surroundings, ana: str, general: Channel
) -> None:
    first = await recommended(around, ana, general)
    second = await told_news(around, ana, first)
    line = first.shown
    await around.slack.say(ana, general, f"{around.slack.mention} and a test set of 300", first.thread_ts)
    third = await around.slack.reply_in(general, first.thread_ts, number=4)
    await around.settled()
    assert first.shown == line
    assert second.labels == UNDER_OUTDONE
    assert "Accept" in third.labels
    updates = [call for method, call in around.slack.calls if method == "chat.update"]
    assert [call["ts"] for call in updates].count(first.ts) == 1


async def test_acceptance_stands_in_the_newest_message_alone(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    older = await recommended(around, ana, general)
    newer = await told_news(around, ana, older)
    await around.slack.press(ben, newer, "Accept")
    await is_shown(around, newer, f"✓ Accepted by <@{ben}>")
    await around.settled()
    assert "✓ Accepted" not in older.shown
    assert older.labels == UNDER_OUTDONE


async def test_accepted_recommendation_that_is_superseded_leads_to_the_newer_one(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    older = await recommended(around, ana, general)
    await around.slack.press(ben, older, "Accept")
    await is_shown(around, older, f"✓ Accepted by <@{ben}>")
    newer = await told_news(around, ana, older)
    (id_,) = (kept.id for kept in around.log.kept.values() if kept.supersedes)
    address = f"https://fake.example.com/archives/{general.id}/p{newer.ts.replace('.', '')}"
    assert f"{SUPERSEDED} <{address}|{id_}>" in older.shown
    assert "✓ Accepted" not in older.shown + older.text
    assert older.labels == ["Sources", "History"]


async def test_older_recommendation_in_a_direct_message_is_outdone_there(
    around: Surroundings, ana: str
) -> None:
    direct = around.slack.add_channel("ana", {ana}, kind="im")
    older = await recommended(around, ana, direct)
    await told_news(around, ana, older)
    assert older.labels == UNDER_OUTDONE


@pytest.mark.parametrize(
    "fault",
    [Refused("message_not_found"), Refused("is_archived"), Broken(503), Refused("cant_update_message")],
)
async def test_answer_stands_where_the_older_one_cannot_be_redrawn(
    around: Surroundings, ana: str, general: Channel, fault: Refused | Broken
) -> None:
    older = await recommended(around, ana, general)
    around.slack.stumbles = lambda method: fault if method == "chat.update" else None
    newer = await told_news(around, ana, older)
    assert "20 reviewed examples" in newer.shown
    assert around.inbox.dead_letters == []
    assert len(around.slack.workspace.ours(general.id, older.thread_ts)) == 3


async def test_older_message_that_is_gone_takes_nothing_from_the_answer(
    around: Surroundings, ana: str, general: Channel
) -> None:
    older = await recommended(around, ana, general)
    general.messages.remove(older)
    newer = await told_news(around, ana, older)
    assert "Accept" in newer.labels
    assert around.inbox.dead_letters == []


async def test_link_that_slack_does_not_give_leaves_the_line(
    around: Surroundings, ana: str, general: Channel
) -> None:
    older = await recommended(around, ana, general)
    around.slack.stumbles = lambda method: Broken(500) if method == "chat.getPermalink" else None
    await told_news(around, ana, older)
    assert f"{SUPERSEDED} my newer answer below" in older.shown


@pytest.mark.parametrize("label", ["Accept", MAY_TRAIN])
async def test_press_under_an_older_one_changes_nothing_leads_to_the_newer_and_redraws(
    around: Surroundings, ana: str, ben: str, general: Channel, label: str
) -> None:
    older, newer = await outdone_unnoticed(around, ana, general)
    before = record(around)
    await around.slack.press(ben, older, label)
    told = await around.slack.whisper_to(ben, IS_OLDER)
    assert newer.ts.replace(".", "") in told.text
    await around.settled()
    assert record(around) == before
    assert older.labels == UNDER_OUTDONE
    assert "Accept" in newer.labels
    assert len(around.slack.workspace.ours(general.id, older.thread_ts)) == 3


@pytest.mark.parametrize("label", [CORRECT, "Override…"])
async def test_form_of_an_older_one_is_not_opened(
    around: Surroundings, ana: str, ben: str, general: Channel, label: str
) -> None:
    older, newer = await outdone_unnoticed(around, ana, general)
    await around.slack.press(ben, older, label)
    told = await around.slack.whisper_to(ben, IS_OLDER)
    assert newer.ts.replace(".", "") in told.text
    assert around.slack.views.modals == []


async def test_form_that_was_opened_before_changes_nothing_after(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    older = await recommended(around, ana, general)
    correction = await correcting(around, ben, older)
    await slack.press(ben, older, "Override…")
    override = await slack.modal_of(ben)
    newer = await told_news(around, ana, older)
    before, shown = record(around), older.shown
    await slack.submit(correction, examples_n="90")
    await slack.whisper_to(ben, IS_OLDER)
    slack.workspace.ephemerals.clear()
    await slack.submit(override, outcome=override.choices[0], reason="we know better")
    await slack.whisper_to(ben, IS_OLDER)
    await around.settled()
    assert record(around) == before
    assert older.shown == shown
    assert "20 reviewed examples" in newer.shown


async def test_acceptance_that_comes_again_after_a_newer_answer_still_counts_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    older = await recommended(around, ana, general)
    pressed = await slack.press(ben, older, "Accept")
    await is_shown(around, older, "✓ Accepted by")
    await told_news(around, ana, older)
    assert SUPERSEDED in older.shown
    shown = older.shown
    await slack.sockets.deliver_again(pressed)
    await around.settled()
    first, second = around.log.kept.values()
    assert [change.what for change in first.history] == ["proposed", "accepted", "superseded"]
    assert second.status == "proposed"
    assert older.shown == shown
    assert slack.workspace.seen_by(ben) == []


async def test_correction_that_made_a_newer_message_is_told_of_to_its_end(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    older = await recommended(around, ana, general)
    form = await correcting(around, ben, older)
    updates, posts = iter([Refused("cant_update_message")] * 2), iter([None, Broken(503)])

    def stumbles(method: str) -> Refused | Broken | None:
        faults = {"chat.update": updates, "chat.postMessage": posts}
        return next(faults[method], None) if method in faults else None

    slack.stumbles = stumbles
    await slack.submit(form, examples_n="20")
    line = await slack.reply_in(general, older.thread_ts, number=4)
    assert "400 reviewed examples → 20 reviewed examples" in line.text
    await around.settled()
    assert slack.workspace.seen_by(ben) == []
    assert len(slack.workspace.ours(general.id, older.thread_ts)) == 4


async def test_what_one_person_was_shown_tells_nobody_else_of_a_newer_answer(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    private = await recommended_privately(around, ana, general)
    await around.slack.press(ben, private, "Accept")
    told = await around.slack.whisper_to(ben, "I no longer have this decision")
    assert IS_OLDER not in told.text


# --- private copies, which we cannot redraw


async def gone_on(around: Surroundings, user: str, channel: Channel, label: str) -> tuple[Message, Message]:
    """Return a private recommendation that its Slack did not replace when it went on in the channel."""
    slack = around.slack
    private = await recommended_privately(around, user, channel)
    slack.faults["response_url"].append(Broken(404))
    await slack.press(user, private, label)
    root = await slack.reply_in(channel)
    await around.settled()
    assert "Accept" in private.labels
    public = root if label == "Share" else await slack.reply_in(channel, root.ts, number=2)
    await is_shown(around, public, FINE_TUNE)
    return private, public


@pytest.mark.parametrize("label", ["Share", "Continue in thread"])
async def test_private_copy_decides_and_corrects_nothing_once_it_went_on(
    around: Surroundings, ana: str, general: Channel, label: str
) -> None:
    slack = around.slack
    private, public = await gone_on(around, ana, general, label)
    before = record(around)
    for pressed in ("Accept", MAY_TRAIN, CORRECT, "Override…"):
        slack.workspace.ephemerals = [private]
        await slack.press(ana, private, pressed)
        told = await slack.whisper_to(ana, IS_OLDER)
        assert public.ts.replace(".", "") in told.text
    await around.settled()
    assert slack.views.modals == []
    assert record(around) == before
    assert "Accept" in public.labels


@pytest.mark.parametrize("pressed", ["Share", "Keep to myself", "Continue in thread"])
async def test_private_copy_does_not_undo_what_was_set_right_in_the_channel(
    around: Surroundings, ana: str, ben: str, general: Channel, pressed: str
) -> None:
    slack = around.slack
    private, public = await gone_on(around, ana, general, "Share")
    await slack.submit(await correcting(around, ben, public), examples_n="20")
    await is_shown(around, public, "20 reviewed examples")
    await around.settled()
    before, posted = record(around), len(general.messages)
    await slack.press(ana, private, pressed)
    told = await slack.whisper_to(ana, "This went on")
    assert public.ts.replace(".", "") in told.text
    assert slack.workspace.seen_by(ana) == [told]
    await around.settled()
    assert record(around) == before
    assert "20 reviewed examples" in public.shown
    assert len(general.messages) == posted


async def test_private_question_that_went_on_is_answered_there_and_not_behind_its_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    await slack.command(ana, general, "/finetune should we fine-tune? our bot gets the tone wrong")
    private = await slack.whisper_to(ana, "Question 1")
    slack.faults["response_url"].append(Broken(404))
    await slack.press(ana, private, "Continue in thread")
    root = await slack.reply_in(general)
    question = await slack.reply_in(general, root.ts, number=2)
    await around.settled()
    await slack.press(ana, private, "Just tell me")
    await slack.whisper_to(ana, "This went on")
    await around.settled()
    assert around.log.kept == {}
    await slack.press(ana, question, "Just tell me")
    await slack.reply_in(general, root.ts, number=3)
    assert len(around.log.kept) == 1
