"""News after a recommendation revises it while it is open, and supersedes it once people have decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.advisor import Advisor
from bot.conversation import Turn
from bot.deciding import accept, override, withdraw
from bot.decision.options import Option
from bot.dialogue import Dialogue
from bot.errors import StoreUnavailable
from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.terminal import terminal_turn
from tests.fakes.stores import FakeConversations, FakeDecisionLog

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OPENING = "should we fine-tune? our bot makes up facts about our products"
NEWS = "the material is 3,000 pages and changes every day"


@dataclass
class _Talk:
    dialogue: Dialogue
    conversations: FakeConversations = field(default_factory=FakeConversations)
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)
    turns: list[Turn] = field(default_factory=list)

    async def say(self, text: str) -> Recommend | None:
        self.turns.append(terminal_turn(text, "talk", len(self.turns), NOW))
        return await self.say_again()

    async def say_again(self) -> Recommend | None:
        advisor = Advisor(self.dialogue, self.conversations, self.log, "g")
        reply = await advisor.turn(self.turns[-1])
        return reply if isinstance(reply, Recommend) else None

    async def recommended(self) -> DecisionRecord:
        await self.say(OPENING)
        reply = await self.say("just tell me")
        assert reply is not None
        return self.record(reply.decision_id)

    def record(self, decision_id: str) -> DecisionRecord:
        return next(record for record in self.log.kept.values() if record.id == decision_id)

    def keep(self, outcome: object) -> DecisionRecord:
        assert isinstance(outcome, DecisionRecord)
        self.log.kept[outcome.place.team_id, outcome.id] = outcome
        return outcome


@pytest.fixture
def talk(dialogue: Dialogue) -> _Talk:
    return _Talk(dialogue)


def _accepted(record: DecisionRecord) -> object:
    return accept(record, by="U2", at=LATER, shown=record.current.option)


async def test_news_revise_what_is_only_proposed(talk: _Talk) -> None:
    record = await talk.recommended()
    reply = await talk.say(NEWS)
    assert reply is not None
    assert reply.decision_id == record.id
    assert len(talk.record(record.id).revisions) == 2
    assert len(talk.log.kept) == 1


@pytest.mark.parametrize("is_accepted", [True, False])
async def test_news_supersede_what_people_decided_and_both_records_say_so(
    talk: _Talk, *, is_accepted: bool
) -> None:
    record = await talk.recommended()
    decided = talk.keep(
        _accepted(record)
        if is_accepted
        else override(
            record,
            shown=record.current.option,
            by="U2",
            at=LATER,
            outcome=Option.DISTIL,
            why="it must run on a phone",
        )
    )
    reply = await talk.say(NEWS)
    assert reply is not None
    old, new = talk.record(record.id), talk.record(reply.decision_id)
    assert old.id != new.id
    assert (old.status, old.superseded_by, new.status, new.supersedes) == (
        "superseded",
        new.id,
        "proposed",
        old.id,
    )
    assert old.revisions == decided.revisions
    assert old.history[:-1] == decided.history
    # What follows belongs to the new one.
    await talk.say("we have 300 reviewed examples")
    assert len(talk.record(new.id).revisions) == 2
    assert talk.record(old.id) == old


async def test_the_same_turn_again_makes_no_third_record(talk: _Talk) -> None:
    talk.keep(_accepted(await talk.recommended()))
    reply = await talk.say(NEWS)
    kept = dict(talk.log.kept)
    assert await talk.say_again() == reply
    assert talk.log.kept == kept
    assert len(kept) == 2


async def test_links_that_a_crash_left_out_are_made_when_the_turn_comes_again(
    talk: _Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = talk.keep(_accepted(await talk.recommended()))
    save = talk.log.save

    async def lose_the_old_one(record: DecisionRecord) -> None:
        if record.id == old.id:
            raise StoreUnavailable("away")
        await save(record)

    with monkeypatch.context() as patched:
        patched.setattr(talk.log, "save", lose_the_old_one)
        with pytest.raises(StoreUnavailable):
            await talk.say(NEWS)
    assert talk.record(old.id).superseded_by is None
    reply = await talk.say_again()
    assert reply is not None
    assert talk.record(old.id).superseded_by == reply.decision_id
    assert len(talk.log.kept) == 2


async def test_a_decision_made_while_the_answer_was_written_is_superseded_too(
    talk: _Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = await talk.recommended()
    save = talk.conversations.save

    async def decide_meanwhile(conversation: object) -> None:
        monkeypatch.undo()
        await save(conversation)  # type: ignore[arg-type] # passed on as it came
        talk.keep(_accepted(record))

    monkeypatch.setattr(talk.conversations, "save", decide_meanwhile)
    reply = await talk.say(NEWS)
    assert reply is not None
    assert reply.decision_id != record.id
    assert talk.record(record.id).superseded_by == reply.decision_id


async def test_to_be_told_again_changes_nothing_that_was_decided(talk: _Talk) -> None:
    decided = talk.keep(_accepted(await talk.recommended()))
    reply = await talk.say("just tell me")
    assert reply is not None
    assert reply.decision_id == decided.id
    assert talk.log.kept == {(decided.place.team_id, decided.id): decided}


async def test_what_was_withdrawn_stays_so_and_news_begin_a_record_without_links(talk: _Talk) -> None:
    record = await talk.recommended()
    withdrawn = talk.keep(withdraw(record, by=record.owner, at=LATER))
    reply = await talk.say(NEWS)
    assert reply is not None
    assert talk.record(record.id) == withdrawn
    assert talk.record(reply.decision_id).supersedes is None
