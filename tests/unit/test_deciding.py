"""What people do with decisions: whatever they do, in whatever order, nothing is lost and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Audience
from bot.deciding import (
    CHOOSABLE,
    REASON_CHARS,
    AlreadyDecided,
    NotChoosable,
    NotDecided,
    NotKept,
    NotTheOwner,
    ReasonInvalid,
    Refusal,
    RevisedSince,
    SameAsRecommended,
    Superseded,
    accept,
    change_upkeep,
    keep_earlier,
    last_change,
    move,
    override,
    review,
    supersede,
    withdraw,
)
from bot.decision.options import Option
from bot.record import Change, DecisionRecord, Verdict
from bot.stores.record_history import forgets
from tests.integration.stores.examples import NOW, a_record

Step = Callable[[DecisionRecord], DecisionRecord | Refusal]

PEOPLE = st.sampled_from(["U1", "U2", "U3"])
MOMENTS = st.integers(0, 3).map(lambda hours: NOW + timedelta(hours=hours))
OPTIONS = st.sampled_from([Option.RAG, Option.FINE_TUNE_SFT, Option.ASK])
REASONS = st.sampled_from(["", "  ", "we know better", "x" * (REASON_CHARS + 1)])
RECOMMENDED = a_record().current.option
NEWER = "D-0000000009"
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        lambda by, at, shown: lambda record: accept(record, by=by, at=at, shown=shown),
        PEOPLE,
        MOMENTS,
        OPTIONS,
    ),
    st.builds(
        lambda by, at, outcome, why: (
            lambda record: override(
                record, shown=record.current.option, by=by, at=at, outcome=outcome, why=why
            )
        ),
        PEOPLE,
        MOMENTS,
        OPTIONS,
        REASONS,
    ),
    st.builds(lambda by, at: lambda record: withdraw(record, by=by, at=at), PEOPLE, MOMENTS),
    st.builds(
        lambda by, at, owner, days: (
            lambda record: change_upkeep(
                record,
                by=by,
                at=at,
                is_admin=False,
                owner=owner,
                review_on=record.review_on or (NOW + timedelta(days=days)).date(),
            )
        ),
        PEOPLE,
        MOMENTS,
        PEOPLE,
        st.integers(-2, 800),
    ),
    st.builds(
        lambda by, at, verdict: (
            lambda record: review(
                record, by=by, at=at, verdict=verdict, asked_for=record.review_on or NOW.date()
            )
        ),
        PEOPLE,
        MOMENTS,
        st.sampled_from(get_args(Verdict)),
    ),
    st.builds(
        lambda by, at: lambda record: supersede(record, by=by, at=at, successor=NEWER), PEOPLE, MOMENTS
    ),
)


def done(outcome: DecisionRecord | Refusal) -> DecisionRecord:
    assert isinstance(outcome, DecisionRecord)
    return outcome


def accepted(by: str = "U2") -> DecisionRecord:
    return done(accept(a_record(), by=by, at=NOW, shown=RECOMMENDED))


def overridden(by: str = "U3") -> DecisionRecord:
    return done(
        override(
            a_record(),
            shown=a_record().current.option,
            by=by,
            at=NOW,
            outcome=Option.FINE_TUNE_SFT,
            why=" we know better ",
        )
    )


@given(st.lists(STEPS, max_size=8))
def test_whatever_people_do_history_only_grows_and_the_status_follows_it(steps: list[Step]) -> None:
    record = a_record()
    for step in steps:
        outcome = step(record)
        if not isinstance(outcome, DecisionRecord):
            continue
        assert not forgets(outcome, record)
        assert outcome.revisions == record.revisions
        assert len(outcome.history) - len(record.history) in (0, 1)
        assert outcome.status == last_change(outcome).what
        assert outcome.is_in_force is (outcome.status in ("accepted", "overridden"))
        assert not outcome.is_in_force or outcome.review_on is not None
        assert (outcome.superseded_by is not None) is (outcome.status == "superseded")
        assert step(outcome) == outcome
        record = outcome


def test_anyone_may_accept() -> None:
    assert accepted(by="U7").status == "accepted"
    assert accepted(by="U7").decided_option == RECOMMENDED


@pytest.mark.parametrize("by", ["U2", "U3"])
def test_accepting_what_is_accepted_tells_who_did_and_when(by: str) -> None:
    later = NOW + timedelta(hours=1)
    assert accept(accepted(by="U2"), by=by, at=later, shown=RECOMMENDED) == AlreadyDecided(
        Change(at=NOW, by="U2", what="accepted", outcome=RECOMMENDED)
    )


def test_what_was_overridden_is_not_accepted_any_more() -> None:
    later = NOW + timedelta(hours=1)
    refusal = accept(overridden(), by="U2", at=later, shown=RECOMMENDED)
    assert refusal == AlreadyDecided(overridden().history[-1])


def test_what_was_shown_before_a_revision_is_not_accepted() -> None:
    assert accept(a_record(), by="U2", at=NOW, shown=Option.DISTIL) == RevisedSince(a_record().id)


@pytest.mark.parametrize("record", [a_record(), accepted()])
def test_an_override_keeps_who_why_and_what_was_recommended(record: DecisionRecord) -> None:
    changed = done(
        override(
            record,
            shown=record.current.option,
            by="U3",
            at=NOW,
            outcome=Option.FINE_TUNE_SFT,
            why=" we know better ",
        )
    )
    assert changed.status == "overridden"
    assert changed.decided_option == Option.FINE_TUNE_SFT
    assert changed.current.option == RECOMMENDED
    assert (last_change(changed).by, last_change(changed).why) == ("U3", "we know better")


@pytest.mark.parametrize(
    ("outcome", "why", "refusal"),
    [
        (Option.ASK, "because", NotChoosable()),
        (RECOMMENDED, "because", SameAsRecommended()),
        (Option.DISTIL, " \n", ReasonInvalid()),
        (Option.DISTIL, "x" * (REASON_CHARS + 1), ReasonInvalid()),
    ],
)
def test_an_override_needs_another_outcome_and_a_reason(outcome: Option, why: str, refusal: Refusal) -> None:
    assert (
        override(a_record(), shown=a_record().current.option, by="U3", at=NOW, outcome=outcome, why=why)
        == refusal
    )


def test_every_outcome_that_can_be_chosen_can_be_decided() -> None:
    for outcome in CHOOSABLE:
        if outcome != RECOMMENDED:
            assert (
                done(
                    override(
                        a_record(),
                        shown=a_record().current.option,
                        by="U3",
                        at=NOW,
                        outcome=outcome,
                        why="so",
                    )
                ).decided_option
                == outcome
            )


@pytest.mark.parametrize("record", [a_record(), accepted()])
def test_only_the_owner_withdraws(record: DecisionRecord) -> None:
    assert withdraw(record, by="U2", at=NOW) == NotTheOwner("U1")
    assert done(withdraw(record, by="U1", at=NOW, why="asked twice")).status == "withdrawn"


def test_what_was_withdrawn_or_overridden_is_not_withdrawn() -> None:
    withdrawn = done(withdraw(a_record(), by="U1", at=NOW))
    assert isinstance(withdraw(withdrawn, by="U1", at=NOW + timedelta(hours=1)), AlreadyDecided)
    assert isinstance(withdraw(overridden(), by="U1", at=NOW), AlreadyDecided)


@pytest.mark.parametrize("record", [accepted(), overridden()])
def test_what_was_decided_can_be_superseded_and_then_says_by_what(record: DecisionRecord) -> None:
    superseded = done(supersede(record, by="U1", at=NOW, successor=NEWER))
    assert superseded.decided_option == record.decided_option
    assert accept(superseded, by="U4", at=NOW, shown=RECOMMENDED) == Superseded(NEWER)
    assert supersede(superseded, by="U1", at=NOW, successor="D-0000000008") == Superseded(NEWER)


def test_what_is_only_proposed_is_not_superseded() -> None:
    assert supersede(a_record(), by="U1", at=NOW, successor=NEWER) == NotDecided()


def test_only_what_one_person_was_shown_moves_and_only_with_them() -> None:
    theirs = a_record().model_copy(update={"audience": Audience(kind="person", user_id="U1")})
    place = theirs.place.model_copy(update={"channel_id": "D1"})
    moved = move(theirs, by="U1", place=place)
    assert isinstance(moved, DecisionRecord)
    assert (moved.place, moved.audience, moved.history) == (place, theirs.audience, theirs.history)
    assert move(theirs, by="U2", place=place) == NotKept()
    assert move(a_record(), by="U1", place=place) == NotKept()


def test_an_earlier_decision_is_kept_once_and_only_while_both_are_as_they_were() -> None:
    earlier = a_record(7).model_copy(update={"status": "accepted"})
    step = partial(keep_earlier, by="U2", at=NOW, earlier=earlier)
    kept = step(a_record())
    assert isinstance(kept, DecisionRecord)
    assert (kept.status, kept.kept_instead, kept.history[-1].by) == ("withdrawn", earlier.id, "U2")
    assert step(kept) == kept
    accepted = accept(a_record(), by="U3", at=NOW, shown=Option.RAG)
    assert isinstance(accepted, DecisionRecord)
    assert isinstance(step(accepted), AlreadyDecided)
    for other in (a_record(7), a_record().model_copy(update={"status": "accepted"})):
        assert keep_earlier(a_record(), by="U2", at=NOW, earlier=other) == NotDecided()
