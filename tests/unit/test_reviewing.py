"""When a decision is looked at again, and what people may do to that."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import (
    CHOOSABLE,
    AlreadyDecided,
    NotDecided,
    NotTheOwner,
    ReviewDateInvalid,
    ReviewMoved,
    accept,
    change_upkeep,
    override,
    review,
    withdraw,
)
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.record import DecisionRecord, Verdict
from bot.reviewing import FURTHEST_DAYS, REVIEW_AFTER, next_review, review_date
from bot.stores.record_history import forgets
from tests.integration.stores.examples import NOW, a_record

RECOMMENDED = a_record().current.option
TODAY = NOW.date()
LATER = NOW + timedelta(days=200)
_ANSWERED_WITHOUT_DECIDING = {Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE}
VERDICTS = st.sampled_from(["still_right", "revisit", "went_well", "went_badly"])


def done(outcome: object) -> DecisionRecord:
    assert isinstance(outcome, DecisionRecord)
    return outcome


def accepted() -> DecisionRecord:
    return done(accept(a_record(), by="U2", at=NOW, shown=RECOMMENDED))


def reviewed(record: DecisionRecord, verdict: Verdict, at: datetime) -> DecisionRecord:
    assert record.review_on is not None
    return done(review(record, by="U1", at=at, verdict=verdict, asked_for=record.review_on))


def test_every_outcome_that_can_be_decided_has_its_interval_and_a_reason() -> None:
    assert set(REVIEW_AFTER) == {*CHOOSABLE, Option.ASK}
    assert {rule.option for rule in RULES} - _ANSWERED_WITHOUT_DECIDING <= set(REVIEW_AFTER)
    assert all(14 <= after.days <= FURTHEST_DAYS and after.because for after in REVIEW_AFTER.values())


def test_what_ages_fast_is_looked_at_sooner() -> None:
    assert review_date(Option.FINE_TUNE_SFT, TODAY) == TODAY + timedelta(days=90)
    assert review_date(Option.RAG, TODAY) == TODAY + timedelta(days=180)


def test_a_decision_gets_its_review_by_what_was_decided() -> None:
    assert accepted().review_on == TODAY + timedelta(days=180)
    overridden = override(
        accepted(), by="U2", at=NOW, shown=RECOMMENDED, outcome=Option.DISTIL, why="it must be small"
    )
    assert done(overridden).review_on == TODAY + timedelta(days=90)


def test_a_channels_own_interval_counts_before_that_of_the_kind() -> None:
    kept = accept(a_record(), by="U2", at=NOW, shown=RECOMMENDED, review_after_days=14)
    assert done(kept).review_on == TODAY + timedelta(days=14)
    assert next_review("still_right", Option.RAG, TODAY, 14) == TODAY + timedelta(days=14)


@given(VERDICTS, st.sampled_from(sorted(REVIEW_AFTER)), st.none() | st.integers(1, FURTHEST_DAYS))
def test_trouble_brings_the_next_review_nearer_and_never_further(
    verdict: Verdict, outcome: Option, days: int | None
) -> None:
    usual = review_date(outcome, TODAY, days)
    assert TODAY < next_review(verdict, outcome, TODAY, days) <= usual
    if verdict in ("still_right", "went_well"):
        assert next_review(verdict, outcome, TODAY, days) == usual


def test_a_review_keeps_what_was_said_and_sets_the_next_one() -> None:
    record = reviewed(accepted(), "went_well", LATER)
    assert not forgets(record, accepted())
    assert record.review_on == LATER.date() + timedelta(days=180)
    assert (record.status, record.decided_option, record.decided_by) == ("accepted", RECOMMENDED, "U2")


def test_the_same_answer_again_changes_nothing() -> None:
    asked_for = accepted().review_on
    assert asked_for is not None
    record = reviewed(accepted(), "went_well", LATER)
    again = review(record, by="U1", at=LATER, verdict="went_well", asked_for=asked_for)
    assert again == record
    late = review(record, by="U3", at=LATER + timedelta(seconds=1), verdict="revisit", asked_for=asked_for)
    assert late == ReviewMoved(record.review_on)


def test_only_what_is_in_force_is_reviewed() -> None:
    withdrawn = done(withdraw(accepted(), by="U1", at=NOW))
    asked_for = TODAY + timedelta(days=180)
    assert review(withdrawn, by="U1", at=LATER, verdict="revisit", asked_for=asked_for) == AlreadyDecided(
        withdrawn.history[-1]
    )
    assert review(a_record(), by="U1", at=LATER, verdict="revisit", asked_for=TODAY) == NotDecided()


@pytest.mark.parametrize(
    ("review_on", "is_fine"),
    [
        (TODAY, False),
        (TODAY + timedelta(days=1), True),
        (TODAY + timedelta(days=730), True),
        (TODAY + timedelta(days=731), False),
        (date(1, 1, 1), False),
    ],
)
def test_a_review_is_from_tomorrow_to_two_years_ahead(review_on: date, *, is_fine: bool) -> None:
    noon = NOW.replace(hour=15)
    outcome = change_upkeep(accepted(), by="U1", at=noon, is_admin=False, owner="U1", review_on=review_on)
    assert isinstance(outcome, DecisionRecord if is_fine else ReviewDateInvalid)


def test_tomorrow_is_fine_also_where_it_is_still_yesterday() -> None:
    just_after_midnight = NOW.replace(hour=1)
    outcome = change_upkeep(
        accepted(), by="U1", at=just_after_midnight, is_admin=False, owner="U1", review_on=TODAY
    )
    assert done(outcome).review_on == TODAY


def test_an_overdue_day_that_stays_as_it_is_keeps_nobody_from_giving_the_decision_away() -> None:
    record = accepted()
    assert record.review_on is not None
    much_later = NOW + timedelta(days=400)
    outcome = change_upkeep(
        record, by="U1", at=much_later, is_admin=False, owner="U5", review_on=record.review_on
    )
    assert (done(outcome).owner, done(outcome).review_on) == ("U5", record.review_on)


def test_whoever_gave_it_away_may_not_take_it_back_but_a_repeat_is_no_second_change() -> None:
    def give(record: DecisionRecord, owner: str, at: datetime) -> object:
        assert record.review_on is not None
        return change_upkeep(record, by="U1", at=at, is_admin=False, owner=owner, review_on=record.review_on)

    given_away = done(give(accepted(), "U5", NOW))
    assert give(given_away, "U5", NOW) == given_away
    assert give(given_away, "U1", LATER) == NotTheOwner("U5")


@pytest.mark.parametrize("is_admin", [True, False])
def test_admins_are_in_charge_of_what_is_not_theirs(*, is_admin: bool) -> None:
    taken_back = withdraw(accepted(), by="U9", at=NOW, is_admin=is_admin)
    changed = change_upkeep(
        accepted(), by="U9", at=NOW, is_admin=is_admin, owner="U9", review_on=TODAY + timedelta(days=5)
    )
    for outcome in (taken_back, changed):
        assert isinstance(outcome, DecisionRecord) if is_admin else outcome == NotTheOwner("U1")
