"""Which trouble is said to be over, and what that leaves of the case."""

from __future__ import annotations

import pytest

from bot.decision.facts import Facts
from bot.understanding.found import Found
from bot.understanding.mended import Mended, find_enough, find_mended, hear_mended, without_mended
from bot.understanding.message import prepare

SAID = prepare("the parser has not thrown once since Thursday")
BROKEN = Facts(goal_kind="extraction", failure_mode="invalid_format", gap="format")


def taken_back(known: Facts, mended: Mended, *found: Found) -> set[str]:
    """Return the facts that are no longer known."""
    return {one.fact for one in find_mended(SAID, found, known, mended)}


def is_enough(known: Facts, mended: Mended, *found: Found) -> bool:
    """Say whether it counts as good enough."""
    return bool(list(find_enough(SAID, found, known, mended)))


def test_only_what_is_likelier_than_not_is_heard() -> None:
    assert hear_mended({"": 0.3, "too_slow": 0.7}, {}) == "too_slow"
    assert hear_mended({"": 0.6, "too_slow": 0.4}, {}) == ""
    assert hear_mended({}, {}) == ""


def test_that_something_is_over_is_not_heard_without_what() -> None:
    assert hear_mended({"it": 0.9, "too_slow": 0.1}, {}) == ""


@pytest.mark.parametrize("told", [{"failure_mode": "too_slow"}, {"satisfied": False}])
def test_it_has_to_be_plainer_where_that_trouble_or_a_no_was_read(told: dict[str, object]) -> None:
    assert hear_mended({"": 0.3, "too_slow": 0.7}, told) == ""
    assert hear_mended({"": 0.1, "too_slow": 0.9}, told) == "too_slow"


def test_what_failed_and_what_was_missing_are_taken_back_and_it_is_enough() -> None:
    assert taken_back(BROKEN, "invalid_format") == {"failure_mode", "gap"}
    assert is_enough(BROKEN, "invalid_format")


@pytest.mark.parametrize("mended", ["", "too_slow"])
def test_nothing_is_taken_back_where_another_trouble_is_over(mended: Mended) -> None:
    assert taken_back(BROKEN, mended) == set()
    assert not is_enough(BROKEN, mended)


def test_where_only_what_is_missing_was_told_its_own_failures_end_it() -> None:
    assert taken_back(Facts(gap="behaviour"), "inconsistent_style") == {"gap"}
    assert taken_back(Facts(gap="behaviour"), "too_slow") == set()


def test_another_trouble_takes_its_place_and_it_is_not_enough() -> None:
    other = Found("failure_mode", "wrong_facts", 0, 4)
    assert taken_back(BROKEN, "invalid_format", other) == set()
    assert not is_enough(BROKEN, "invalid_format", other)


@pytest.mark.parametrize("told", [("baseline_score", 0.7), ("satisfied", False)])
def test_beside_a_score_or_a_no_it_is_not_called_enough(told: tuple[str, float | bool]) -> None:
    beside = Found(*told, 0, 4)
    assert taken_back(BROKEN, "invalid_format", beside) == {"failure_mode", "gap"}
    assert not is_enough(BROKEN, "invalid_format", beside)


@pytest.mark.parametrize("score", ["baseline_score", "target_score"])
def test_where_a_score_was_told_before_it_is_not_called_enough(score: str) -> None:
    known = BROKEN.with_values({score: 0.9})
    assert taken_back(known, "invalid_format") == {"failure_mode", "gap"}
    assert not is_enough(known, "invalid_format")


def test_a_trouble_heard_because_it_is_named_is_none() -> None:
    named = [Found("failure_mode", "too_slow", 0, 4), Found("gap", "cost_latency", 0, 4)]
    assert without_mended(named, "too_slow") == []
    assert without_mended(named, "") == named
    assert without_mended(named, "invalid_format") == named


def test_what_goes_wrong_instead_stays_with_what_is_missing_for_it() -> None:
    told = [Found("failure_mode", "too_expensive", 0, 4), Found("gap", "cost_latency", 0, 4)]
    assert without_mended(told, "too_slow") == told
