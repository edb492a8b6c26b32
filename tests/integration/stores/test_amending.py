from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.amending import amend
from bot.deciding import AlreadyDecided, NotKept, accept, override
from bot.decision.options import Option
from bot.errors import ConversationMoved
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from tests.fakes.stores import FakeDecisionLog
from tests.integration.stores.examples import NOW, a_record, changed


async def test_of_two_who_accept_at_once_one_did_and_the_other_hears_of_it(decisions: DecisionLog) -> None:
    await decisions.save(a_record())
    outcomes = await asyncio.gather(
        *(
            amend(decisions, "T1", a_record().id, partial(accept, by=by, at=NOW, shown=Option.RAG))
            for by in ("U2", "U3")
        )
    )

    kept = await decisions.load("T1", a_record().id)
    assert kept is not None
    assert [change.what for change in kept.history] == ["proposed", "accepted"]
    assert kept in outcomes
    assert AlreadyDecided(kept.history[-1]) in outcomes


async def test_the_same_step_again_changes_nothing(decisions: DecisionLog) -> None:
    await decisions.save(a_record())
    step = partial(
        override,
        shown=a_record().current.option,
        by="U2",
        at=NOW,
        outcome=Option.DISTIL,
        why="it must run on a phone",
    )
    first = await amend(decisions, "T1", a_record().id, step)
    assert await amend(decisions, "T1", a_record().id, step) == first
    assert await decisions.load("T1", a_record().id) == first


async def test_a_decision_that_is_not_kept_is_not_made(decisions: DecisionLog) -> None:
    step = partial(accept, by="U2", at=NOW, shown=Option.RAG)
    assert await amend(decisions, "T1", a_record().id, step) == NotKept()
    assert await decisions.load("T1", a_record().id) is None


async def test_a_record_that_others_keep_changing_is_given_up_in_the_end() -> None:
    decisions = FakeDecisionLog()
    await decisions.save(a_record())

    def overtaken(record: DecisionRecord) -> DecisionRecord:
        later = record.history[-1].at + timedelta(minutes=1)
        faster = changed(record, record.history[-1].model_copy(update={"at": later}))
        decisions.kept["T1", record.id] = faster
        return changed(record, record.history[-1].model_copy(update={"by": "U9"}))

    with pytest.raises(ConversationMoved):
        await amend(decisions, "T1", a_record().id, overtaken)
