"""Answered questions collapse to one line, whether they were answered by a press or in words."""

from __future__ import annotations

import pytest

from bot.replies import OffTopic
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import QUESTIONS, Surroundings, clarify


async def asked(around: Surroundings, user: str, channel: Channel) -> tuple[Message, Message]:
    """Return what was said and our question."""
    said = await around.slack.say(user, channel, f"{around.slack.mention} should we fine-tune?")
    question = await around.slack.reply_in(channel, said.ts)
    await around.settled()
    return said, question


async def test_question_that_was_answered_in_words_says_what_was_answered_and_by_whom(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    await around.slack.say(ben, general, "it breaks <!here> our *JSON*", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    assert question.labels == []
    assert question.shown.replace("\u2060", "") == (
        f"✓ What goes wrong today? — “it breaks @here our ∗JSON∗” (<@{ben}>)"
    )
    assert question.text == question.shown


async def test_mention_that_answers_collapses_the_question_too(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    await around.slack.say(ana, general, f"{around.slack.mention} it breaks our JSON", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    assert "— “it breaks our JSON”" in question.shown


async def test_question_in_a_direct_message_collapses(around: Surroundings, ana: str) -> None:
    direct = around.slack.add_channel("ana", {ana}, kind="im")
    await around.slack.say(ana, direct, "should we fine-tune?")
    question = await around.slack.reply_in(direct)
    await around.settled()
    await around.slack.say(ana, direct, "it breaks our JSON")
    await around.slack.reply_in(direct, number=2)
    assert "— “it breaks our JSON”" in question.shown


async def test_question_that_is_asked_again_stands_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    again = clarify(QUESTIONS[0]).model_copy(update={"notes": ("I could not read that.",)})
    around.advisor.instead.append(again)
    await around.slack.say(ana, general, "pizza", said.ts)
    second = await around.slack.reply_in(general, said.ts, number=2)
    assert question.shown == "↓ What goes wrong today? — asked again below"
    await around.settled()
    await around.slack.say(ana, general, "it breaks our JSON", said.ts)
    await around.slack.reply_in(general, said.ts, number=3)
    assert "— “it breaks our JSON”" in second.shown


async def test_what_answers_nothing_leaves_the_question(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    around.advisor.instead.append(OffTopic(text="Not my subject."))
    await around.slack.say(ana, general, f"{around.slack.mention} lunch?", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    assert "Not sure" in question.labels


async def test_reply_comes_also_where_the_question_cannot_be_changed(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    around.slack.faults["chat.update"].append(Refused("message_not_found"))
    await around.slack.say(ana, general, "it breaks our JSON", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    assert "Not sure" in question.labels


async def test_deleted_answer_is_taken_out_of_the_line(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    said, question = await asked(around, ana, general)
    answer = await around.slack.say(ben, general, "it breaks Acme's JSON", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    await around.settled()
    await around.slack.delete(answer)
    await around.settled()
    assert question.shown == question.text == "✓ Answered by a message that was deleted since."


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_people_who_talk_to_each_other_while_we_wait_are_left_alone(
    around: Surroundings, ana: str, ben: str, general: Channel, who: str
) -> None:
    said, question = await asked(around, ana, general)
    # What the advisor says of words that it does not take for an answer.
    around.advisor.instead.append(clarify(QUESTIONS[0]))
    await around.slack.say({"ana": ana, "ben": ben}[who], general, "remember last week?", said.ts)
    await around.settled()
    assert len(around.slack.workspace.ours(general.id, said.ts)) == 1
    assert "Not sure" in question.labels
    await around.slack.say(ben, general, "it breaks our JSON", said.ts)
    await around.slack.reply_in(general, said.ts, number=2)
    assert f"(<@{ben}>)" in question.shown


async def test_mention_that_answers_nothing_is_asked_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said, _ = await asked(around, ana, general)
    around.advisor.instead.append(clarify(QUESTIONS[0]))
    await around.slack.say(ana, general, f"{around.slack.mention} hm", said.ts)
    again = await around.slack.reply_in(general, said.ts, number=2)
    assert QUESTIONS[0].text in again.shown
