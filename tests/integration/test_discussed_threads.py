"""People talk in our thread while a question waits: what is no answer is not meant for us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.phrases import MISREAD
from bot.replies import Clarify, Recommend, Reply
from bot.terminal import terminal_turn

NOW = datetime(2026, 11, 23, tzinfo=UTC)
OPENING = "should we fine-tune?"


@dataclass
class _Thread:
    dialogue: Dialogue
    kept: Conversation | None = None
    said: int = 0

    async def say(self, who: str, text: str, *, to_us: bool = False) -> Reply:
        turn = terminal_turn(text, "thread", self.said, NOW).model_copy(
            update={"author_id": who, "is_unaddressed": not to_us}
        )
        self.said += 1
        answered = await self.dialogue.answer(turn, self.kept)
        self.kept = answered.conversation or self.kept
        return answered.reply


@pytest.fixture
async def thread(dialogue: Dialogue) -> _Thread:
    thread = _Thread(dialogue)
    asked = await thread.say("ana", OPENING, to_us=True)
    assert isinstance(asked, Clarify)
    return thread


def _waits_unchanged(reply: Reply, thread: _Thread) -> bool:
    assert thread.kept is not None
    return (
        isinstance(reply, Clarify)
        and reply.question.id == thread.kept.pending
        and reply.notes == ()
        and thread.kept.misread == 0
        and thread.kept.statements[1:] == ()
    )


async def test_what_others_say_that_is_no_answer_changes_nothing(thread: _Thread) -> None:
    for text in ("pizza", "remember last week?", "no way", "thanks!"):
        assert _waits_unchanged(await thread.say("ben", text), thread), text


async def test_whoever_asked_is_not_meant_for_us_either_once_others_talk(thread: _Thread) -> None:
    await thread.say("ben", "remember last week?")
    for text in ("oh yes, the demo", "potato salad"):
        assert _waits_unchanged(await thread.say("ana", text), thread), text


async def test_whoever_asked_and_is_alone_hears_that_it_could_not_be_read(thread: _Thread) -> None:
    reply = await thread.say("ana", "potato salad")
    assert isinstance(reply, Clarify)
    assert MISREAD in reply.notes


async def test_mention_is_meant_for_us_whoever_talks(thread: _Thread) -> None:
    await thread.say("ben", "remember last week?")
    reply = await thread.say("ana", "potato salad", to_us=True)
    assert isinstance(reply, Clarify)
    assert MISREAD in reply.notes


async def test_answers_of_others_count_in_the_middle_of_their_talk(thread: _Thread) -> None:
    assert thread.kept is not None
    asked = thread.kept.pending
    await thread.say("ben", "remember last week?")
    reply = await thread.say("ben", "it breaks the JSON format")
    assert isinstance(reply, Clarify | Recommend)
    assert thread.kept.pending != asked
    assert not thread.kept.is_discussed
    assert any("JSON" in statement.quote for statement in thread.kept.statements)


async def test_question_about_a_term_or_about_us_is_answered_whoever_asks(thread: _Thread) -> None:
    defined = await thread.say("ben", "what is RAG?")
    why = await thread.say("ben", "why do you ask?")
    assert isinstance(defined, Clarify)
    assert defined.definition is not None
    assert isinstance(why, Clarify)
    assert why.notes != ()
