"""Who asks too much is told once, privately, when to ask again; answers to our questions never count."""

from __future__ import annotations

import pytest

from bot.slack.shortcuts import ASK
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

LIMITED = "You have asked me a lot within the last hour. I take your next question at <!date^"


@pytest.fixture(autouse=True)
def one_question_an_hour(around: Surroundings) -> None:
    around.limits.limits["person"] = 1


async def test_a_mention_too_many_is_refused_privately_and_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    for _ in range(3):
        await slack.say(ana, general, f"{slack.mention} and the other bot?")
    await around.settled()
    assert len(around.advisor.turns) == 1
    (told,) = slack.workspace.seen_by(ana)
    assert told.shown.startswith(LIMITED)
    assert "|13:01 UTC>" in told.shown
    assert [message.text for message in general.messages if message.is_ours] == [
        message.text for message in slack.workspace.ours(general.id, said.ts)
    ]


async def test_a_command_too_many_is_refused_through_its_own_address(
    around: Surroundings, ana: str, general: Channel
) -> None:
    for text in ("our bot gets the tone wrong", "our bot is slow", "our bot is dear"):
        await around.slack.command(ana, general, f"/finetune {text}")
    await around.settled()
    told = [message for message in around.slack.workspace.seen_by(ana) if LIMITED in message.shown]
    assert len(told) == 1
    assert len(around.advisor.turns) == 1
    assert "chat.postEphemeral" not in [method for method, _ in around.slack.calls]


async def test_a_direct_message_too_many_is_refused(around: Surroundings, ana: str, ben: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    around.limits.limits["workspace"], around.limits.limits["person"] = 1, 0
    await slack.say(ben, slack.add_channel("ben", {ben}, kind="im"), "should we fine-tune?")
    await slack.until(lambda: around.advisor.turns, "ben was not answered")
    await slack.say(ana, direct, "should we fine-tune?")
    await slack.whisper_to(ana, "in this workspace within the last hour")
    assert len(around.advisor.turns) == 1


async def test_a_question_about_a_message_counts_too(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = around.slack.keep(ana, general, "Our bot invents fields. Should we fine-tune it?")
    for _ in range(2):
        await around.slack.use_shortcut(ana, message, ASK)
    await around.slack.whisper_to(ana, LIMITED)
    await around.settled()
    assert len(around.advisor.turns) == 1


async def test_answers_and_buttons_go_on_at_the_limit(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    first = await slack.reply_in(general, said.ts)
    await slack.press(ana, first, "Not sure")
    await slack.reply_in(general, said.ts, number=2)
    await slack.say(ana, general, "we only tried examples", said.ts)
    third = await slack.reply_in(general, said.ts, number=3)
    await slack.press(ana, third, "Accept")
    await slack.until(lambda: third.text.startswith("✓ Accepted"), "it was not accepted")
    assert slack.workspace.seen_by(ana) == []


async def test_an_answer_with_a_mention_is_an_answer(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await slack.say(ana, general, f"{slack.mention} it breaks the format", said.ts)
    await slack.reply_in(general, said.ts, number=2)
    assert slack.workspace.seen_by(ana) == []


async def test_answers_in_a_direct_message_go_on_at_the_limit_above_and_below_our_question(
    around: Surroundings, ana: str
) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    await slack.say(ana, direct, "should we fine-tune?")
    question = await slack.reply_in(direct)
    await slack.say(ana, direct, "it breaks the format", question.ts)
    await slack.until(lambda: len(around.advisor.turns) == 2, "the answer in the thread was not taken")
    await around.settled()
    await slack.say(ana, direct, "we tried examples")
    await slack.until(lambda: len(around.advisor.turns) == 3, "the answer below was not taken")
    assert slack.workspace.seen_by(ana) == []


async def test_sub_commands_are_never_refused(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    await slack.command(ana, general, "/finetune our bot gets the tone wrong")
    for text in ("log", f"show {DECISION_ID}", "show D-1", "log tone"):
        await slack.command(ana, general, f"/finetune {text}")
    await around.settled()
    assert not [message for message in slack.workspace.seen_by(ana) if LIMITED in message.shown]


async def test_a_redelivered_question_is_counted_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    around.advisor.fails += [RuntimeError("crash")] * 2
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    for delivery in list(slack.sockets.deliveries):
        await slack.sockets.deliver_again(delivery)
    await slack.reply_in(general, said.ts)
    assert slack.workspace.seen_by(ana) == []


async def test_whoever_cannot_be_told_is_refused_all_the_same(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    slack.faults["chat.postEphemeral"].append(Refused("user_not_in_channel"))
    await slack.say(ana, general, f"{slack.mention} and the other bot?")
    await around.settled()
    assert len(around.advisor.turns) == 1
    assert around.inbox.dead_letters == []


async def test_while_questions_cannot_be_counted_they_are_answered(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.limits.is_down = True
    for _ in range(2):
        said = await around.slack.say(ana, general, f"{around.slack.mention} should we fine-tune?")
        await around.slack.reply_in(general, said.ts)
    assert len(around.advisor.turns) == 2


async def test_after_the_hour_the_next_question_is_taken(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    for _ in range(2):
        await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.whisper_to(ana, LIMITED)
    around.limits.start_anew()
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    assert await slack.reply_in(general, said.ts)
