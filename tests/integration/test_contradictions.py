"""Two people say two things: which is right is asked, or what was gone on with is said; never recommended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.advisor import Advisor
from bot.conversation import NOT_SURE, Place
from bot.decision.facts import FactValue
from bot.dialogue import Dialogue
from bot.phrases import went_on_with
from bot.replay import replay
from bot.replies import Clarify, Recommend, Reply
from bot.terminal import terminal_turn
from tests.fakes.stores import FakeConversations, FakeDecisionLog

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HAS_EXAMPLES = (
    "should we fine-tune? the tone is inconsistent. prompt versions were scored on 100 test cases, few-shot "
    "examples tried. 400 reviewed examples. just tell me"
)
HAS_FEW = "we only have 20 reviewed examples"
WITH_FEW = went_on_with(
    "reviewed examples", ("400 reviewed examples", "20 reviewed examples"), "20 reviewed examples"
)
WHICH = "I heard two things about reviewed examples. Which one is right?"


@dataclass
class _Thread:
    dialogue: Dialogue
    conversations: FakeConversations = field(default_factory=FakeConversations)
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)
    said: int = 0

    async def say(self, who: str, text: str, **more: object) -> Reply:
        turn = terminal_turn(text, "thread", self.said, NOW).model_copy(update={"author_id": who, **more})
        self.said += 1
        return await Advisor(self.dialogue, self.conversations, self.log, "g").turn(turn)

    async def pick(self, who: str, question: Reply, reply_id: str) -> Reply:
        assert isinstance(question, Clarify)
        return await self.say(who, "", question_id=question.question.id, picked=(reply_id,))

    def replayed(self) -> list[str]:
        return [one.outcome for record in self.log.kept.values() for one in replay(record)]


@pytest.fixture
async def thread(dialogue: Dialogue) -> _Thread:
    thread = _Thread(dialogue)
    assert _examples(await thread.say("ana", HAS_EXAMPLES)) == 400
    return thread


def _examples(reply: Reply) -> FactValue:
    assert isinstance(reply, Recommend)
    assert reply.leading.rule != "D2"
    return next(heard.value for heard in reply.heard if heard.fact == "examples_n")


async def test_what_contradicts_the_recommendation_is_asked_about_with_both_statements(
    thread: _Thread,
) -> None:
    asked = await thread.say("ben", HAS_FEW)
    assert isinstance(asked, Clarify)
    assert asked.question.text == WHICH
    assert [reply.label for reply in asked.question.quick_replies] == [
        "400 reviewed examples",
        "20 reviewed examples",
    ]
    quotes = [heard.quote for heard in asked.heard if heard.fact == "examples_n"]
    assert quotes == [HAS_FEW, "400 reviewed examples"]
    assert asked.question.number == 0
    (record,) = thread.log.kept.values()
    assert len(record.revisions) == 1


@pytest.mark.parametrize(("reply_id", "examples"), [("earlier", 400), ("later", 20)])
async def test_whoever_picks_one_settles_it(thread: _Thread, reply_id: str, examples: int) -> None:
    reply = await thread.pick("cyd", await thread.say("ben", HAS_FEW), reply_id)
    assert _examples(reply) == examples
    assert isinstance(reply, Recommend)
    assert reply.notes == ()


@pytest.mark.parametrize(
    ("said", "examples"), [("400", 400), ("400 reviewed examples", 400), ("the second one", 20)]
)
async def test_whoever_says_which_settles_it_too(thread: _Thread, said: str, examples: int) -> None:
    await thread.say("ben", HAS_FEW)
    reply = await thread.say("cyd", said)
    assert _examples(reply) == examples
    assert isinstance(reply, Recommend)
    assert reply.notes == ()


async def test_where_nobody_is_sure_the_careful_one_counts_and_is_named(thread: _Thread) -> None:
    reply = await thread.pick("ana", await thread.say("ben", HAS_FEW), NOT_SURE)
    assert _examples(reply) == 20
    assert isinstance(reply, Recommend)
    assert reply.notes == (WITH_FEW,)
    assert thread.replayed() == ["same", "same"]


async def test_whoever_wants_the_answer_now_is_told_what_it_rests_on(thread: _Thread) -> None:
    reply = await thread.say("ben", f"{HAS_FEW}, just tell me")
    assert _examples(reply) == 20
    assert isinstance(reply, Recommend)
    assert reply.notes == (WITH_FEW,)
    assert thread.replayed() == ["same", "same"]


async def test_the_same_is_not_asked_twice(thread: _Thread) -> None:
    await thread.pick("ana", await thread.say("ben", HAS_FEW), "earlier")
    reply = await thread.say("cyd", "we have 30 reviewed examples")
    assert isinstance(reply, Recommend)


async def test_what_cannot_change_the_answer_is_not_asked_about(dialogue: Dialogue) -> None:
    thread = _Thread(dialogue)
    await thread.say("ana", "should we fine-tune? our bot makes up facts about our products. just tell me")
    await thread.say("ana", "there is no retrieval yet")
    reply = await thread.say("ben", "retrieval is in place")
    assert isinstance(reply, Recommend)
    assert reply.notes == (
        went_on_with("retrieval", ("no retrieval yet", "retrieval is in place"), "no retrieval yet"),
    )
    assert set(thread.replayed()) == {"same"}


async def test_before_a_recommendation_it_counts_as_one_of_the_questions(dialogue: Dialogue) -> None:
    thread = _Thread(dialogue)
    asked = await thread.say("ana", HAS_EXAMPLES.removesuffix(" just tell me"))
    assert isinstance(asked, Clarify)
    asked = await thread.say("ben", HAS_FEW)
    assert isinstance(asked, Clarify)
    assert (asked.question.text, asked.question.number) == (WHICH, 2)


async def test_a_new_question_at_top_level_begins_anew_while_two_statements_wait(dialogue: Dialogue) -> None:
    thread = _Thread(dialogue)
    at_top = {"place": Place(team_id="T1", channel_id="D1", thread="")}
    await thread.say("ana", HAS_EXAMPLES, **at_top)
    assert isinstance(await thread.say("ben", HAS_FEW, **at_top), Clarify)
    anew = await thread.say("ana", "should we fine-tune the release notes? it invents features", **at_top)
    assert isinstance(anew, Clarify)
    assert anew.question.text != WHICH
    assert "examples_n" not in {heard.fact for heard in anew.heard}
