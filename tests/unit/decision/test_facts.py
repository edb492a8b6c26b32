from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.decision.facts import (
    AMOUNT_FACTS,
    FACT_NAMES,
    Amount,
    Facts,
    Range,
    choices_of,
    lowest,
    parse_value,
    surely_at_least,
    surely_below,
    title_of,
)
from bot.decision.recommendation import recommend
from tests.unit.decision.strategies import facts, ranges

AMOUNTS = st.none() | st.integers(0, 1_000) | ranges()


@pytest.mark.parametrize(
    ("amount", "at_least_50", "below_50"),
    [
        (None, False, False),
        (0, False, True),
        (49, False, True),
        (50, True, False),
        (Range(min=50), True, False),
        (Range(min=49), False, False),
        (Range(max=49), False, True),
        (Range(max=50), False, False),
        (Range(min=10, max=49), False, True),
        (Range(min=10, max=80), False, False),
        (Range(min=50, max=80), True, False),
    ],
)
def test_a_threshold_is_reached_or_missed_only_when_that_is_certain(
    amount: Amount | None, *, at_least_50: bool, below_50: bool
) -> None:
    assert (surely_at_least(amount, 50), surely_below(amount, 50)) == (at_least_50, below_50)


@given(AMOUNTS, st.integers(0, 1_000))
def test_no_amount_both_reaches_and_misses_a_threshold(amount: Amount | None, threshold: int) -> None:
    assert not (surely_at_least(amount, threshold) and surely_below(amount, threshold))


@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_an_exact_amount_behaves_as_the_range_from_it_to_itself(exact: int, threshold: int) -> None:
    same = Range(min=exact, max=exact)
    assert lowest(exact) == lowest(same)
    assert surely_at_least(exact, threshold) == surely_at_least(same, threshold)
    assert surely_below(exact, threshold) == surely_below(same, threshold)
    assert surely_at_least(exact, threshold) != surely_below(exact, threshold)


@given(facts())
def test_writing_exact_amounts_as_ranges_changes_no_recommendation(known: Facts) -> None:
    exact = {fact: n for fact in AMOUNT_FACTS if isinstance(n := getattr(known, fact), int)}
    as_ranges = known.with_values({fact: Range(min=n, max=n) for fact, n in exact.items()})
    assert recommend(as_ranges) == recommend(known)


@pytest.mark.parametrize(
    ("bounds", "complaint"),
    [
        ({}, "a lower or an upper bound"),
        ({"min": 9, "max": 3}, "runs upwards, not from 9 to 3"),
        ({"min": -1}, "greater than or equal to 0"),
        ({"min": 1, "about": 2}, "Extra inputs"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(bounds: dict[str, int], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Range.model_validate(bounds)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("examples_n", -1),
        ("examples_n", "plenty"),
        ("baseline_score", 1.2),
        ("gap", "vibes"),
        ("base_model", ""),
        ("base_model", "x" * 81),
        ("tried_rag", "perhaps"),
    ],
)
def test_a_value_that_does_not_fit_its_fact_is_refused(fact: str, value: object) -> None:
    with pytest.raises(ValidationError):
        parse_value(fact, value)


@pytest.mark.parametrize(("fact", "value"), [("shoe_size", 44), ("examples_n", None)])
def test_no_fact_and_no_value_are_key_errors(fact: str, value: object) -> None:
    with pytest.raises(KeyError, match=fact):
        parse_value(fact, value)


def test_values_are_read_as_their_facts_own_type() -> None:
    assert parse_value("examples_n", {"min": 3}) == Range(min=3)
    assert parse_value("tried_rag", True) is True
    assert isinstance(parse_value("target_score", 1), float)
    assert parse_value("languages", ["Danish"]) == ("Danish",)


def test_only_what_someone_gave_is_known() -> None:
    assert Facts().known() == {}
    assert Facts(tried_rag=False, examples_n=0).known() == {"examples_n": 0, "tried_rag": False}


def test_a_fact_can_become_unknown_again() -> None:
    assert Facts(gap="both").with_values({"gap": None}) == Facts()


def test_every_fact_has_words_of_its_own_for_people() -> None:
    titles = [title_of(fact) for fact in FACT_NAMES]
    assert len(set(titles)) == len(titles)
    assert not any("_" in title for title in titles)


def test_only_facts_with_a_closed_vocabulary_have_choices() -> None:
    assert choices_of("data_rights") == ("ok", "restricted")
    assert choices_of("tried_rag") == choices_of("examples_n") == choices_of("base_model") == ()
