"""An edited message counts as what it says now: the real words, facts and policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.advisor import Advisor
from bot.contradictions import understanding_of
from bot.conversation import Conversation, Correction
from bot.deciding import accept
from bot.decision.facts import FactValue
from bot.dialogue import Dialogue
from bot.record import DecisionRecord
from bot.replies import Clarify, Recommend, Reply
from bot.terminal import terminal_turn
from tests.fakes.stores import FakeConversations, FakeDecisionLog

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KNOWLEDGE = "should we fine-tune? our bot makes up facts about our products"
TONE = "should we fine-tune? the bot is rude and breaks our tone of voice. we have 400 reviewed examples"
OPENING = "talk-0"


@dataclass
class _Talk:
    dialogue: Dialogue
    conversations: FakeConversations = field(default_factory=FakeConversations)
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)
    said: int = 0

    async def say(self, text: str, *, replaces: str = "") -> Reply:
        turn = terminal_turn(text, "talk", self.said, NOW).model_copy(update={"replaces": replaces})
        self.said += 1
        return await Advisor(self.dialogue, self.conversations, self.log, "g").turn(turn)

    async def set_right(self, fact: str, before: str, value: FactValue | None) -> Reply:
        turn = terminal_turn("", "talk", self.said, NOW).model_copy(
            update={
                "decision_id": self.kept.decision_id,
                "corrections": (Correction(fact=fact, value=value, quote=str(value), before=before),),
            }
        )
        self.said += 1
        return await Advisor(self.dialogue, self.conversations, self.log, "g").turn(turn)

    @property
    def kept(self) -> Conversation:
        (conversation,) = self.conversations.kept.values()
        return conversation

    @property
    def records(self) -> list[DecisionRecord]:
        return list(self.log.kept.values())


@pytest.fixture
def talk(dialogue: Dialogue) -> _Talk:
    return _Talk(dialogue)


async def test_edited_question_revises_the_proposal_by_what_it_says_now(talk: _Talk) -> None:
    await talk.say(KNOWLEDGE)
    first = await talk.say("just tell me")
    second = await talk.say(TONE, replaces=OPENING)
    assert isinstance(first, Recommend)
    assert isinstance(second, Recommend)
    assert second.leading.option != first.leading.option
    (record,) = talk.records
    assert len(record.revisions) == 2
    facts = {one.fact: one for one in record.current.statements}
    assert facts["examples_n"].message_id == OPENING
    assert all("makes up facts" not in one.quote for one in record.current.statements)
    assert talk.kept.question == TONE
    assert talk.kept.opening_message_id == OPENING


async def test_question_that_waits_is_chosen_anew_and_counted_once(talk: _Talk) -> None:
    asked = await talk.say(KNOWLEDGE)
    again = await talk.say(TONE, replaces=OPENING)
    assert isinstance(asked, Clarify)
    assert isinstance(again, Clarify)
    assert again.question.number == 1
    assert talk.kept.pending == again.question.id
    assert talk.kept.asked == (again.question.id,)


async def test_accepted_decision_stays_and_the_edit_begins_a_new_one(talk: _Talk) -> None:
    await talk.say(KNOWLEDGE)
    await talk.say("just tell me")
    (record,) = talk.records
    accepted = accept(record, by="U2", at=NOW, shown=record.current.option)
    assert isinstance(accepted, DecisionRecord)
    await talk.log.save(accepted)
    await talk.say(TONE, replaces=OPENING)
    old, new = talk.records
    assert (old.status, old.superseded_by) == ("superseded", new.id)
    assert new.supersedes == old.id
    assert old.current == accepted.current


async def test_what_others_said_since_stays(talk: _Talk) -> None:
    await talk.say(KNOWLEDGE)
    await talk.say("3,000 pages, and they change every day")
    before = [one for one in talk.kept.statements if one.message_id != OPENING]
    assert before
    await talk.say("should we fine-tune? it makes up facts about our prices", replaces=OPENING)
    assert [one for one in talk.kept.statements if one.message_id != OPENING] == before


async def test_a_step_counts_as_done_no_longer_once_the_message_that_told_it_says_otherwise(
    talk: _Talk,
) -> None:
    await talk.say(
        "should we fine-tune? it answers about our handbook and gets facts wrong, we have RAG in place"
    )
    await talk.say("just tell me")
    told = f"talk-{talk.said}"
    done = await talk.say("we did that")
    assert isinstance(done, Recommend)
    assert talk.kept.done == {f"{done.leading.rule}.0": told}
    edited = await talk.say("we have 60 test cases", replaces=told)
    assert isinstance(edited, Recommend)
    assert (talk.kept.done, edited.done) == ({}, ())


async def test_edit_that_is_answered_twice_is_answered_alike(talk: _Talk) -> None:
    await talk.say(KNOWLEDGE)
    first = await talk.say(TONE, replaces=OPENING)
    talk.said -= 1
    assert await talk.say(TONE, replaces=OPENING) == first


@pytest.mark.parametrize(
    ("now_says", "counts"),
    [
        (TONE + ".", 20),
        (TONE.replace("the bot is rude", "our bot is very rude"), 20),
        (TONE.replace(" we have 400 reviewed examples", ""), 20),
        (TONE.replace("400", "90"), 90),
    ],
    ids=["a dot", "other words", "without it", "another number"],
)
async def test_what_was_set_right_stays_unless_the_edit_is_about_just_that(
    talk: _Talk, now_says: str, counts: int
) -> None:
    await talk.say(TONE)
    await talk.say("just tell me")
    await talk.set_right("examples_n", "400", 20)
    await talk.say(now_says, replaces=OPENING)
    assert understanding_of(talk.kept).facts.examples_n == counts


async def test_what_was_taken_away_in_a_form_does_not_come_back_by_an_edit(talk: _Talk) -> None:
    await talk.say(TONE)
    await talk.say("just tell me")
    await talk.set_right("examples_n", "400", None)
    await talk.say(TONE + " please", replaces=OPENING)
    assert understanding_of(talk.kept).facts.examples_n is None


async def test_edit_that_says_the_same_facts_leaves_an_accepted_decision_as_it_is(talk: _Talk) -> None:
    await talk.say(TONE)
    await talk.say("just tell me")
    (record,) = talk.records
    accepted = accept(record, by="ana", at=NOW, shown=record.current.option)
    assert isinstance(accepted, DecisionRecord)
    await talk.log.save(accepted)
    await talk.say(TONE + ".", replaces=OPENING)
    assert talk.records == [accepted]


async def test_edit_that_takes_the_only_fact_back_is_evaluated(talk: _Talk) -> None:
    await talk.say(TONE.replace(" we have 400 reviewed examples", ""))
    await talk.say("just tell me")
    said = f"talk-{talk.said}"
    await talk.say("we have 400 reviewed examples")
    reply = await talk.say("well", replaces=said)
    assert isinstance(reply, Recommend)
    assert understanding_of(talk.kept).facts.examples_n is None
