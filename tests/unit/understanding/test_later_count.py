"""A count of the same cases later on."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conversations import facts_after, told

_TOLD = told({"goal_kind": "extraction", "failure_mode": "invalid_format", "tried_prompting": "quick"})


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("34 of 60 break, down to 19", 0.6833),
        ("it was 20 of 60 that broke the format before, now 7", 0.8833),
        ("before the schema 41 out of 200 invoices failed, with it 9", 0.955),
        ("we went from 12 wrong out of 50 to 3 wrong", 0.94),
        ("22 of 40 passed in May, then 31", 0.775),
    ],
)
def test_the_later_count_is_the_score(said: str, score: float) -> None:
    assert facts_after(_TOLD, said).baseline_score == score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("9 of 80 still wrong, was 31", 0.8875),
        ("12 of 50 fail, and we have 3 annotators now", 0.76),
        ("8 of 60 wrong. 3 people complained", 0.8667),
        ("6 of 80 wrong, in 2 of 5 offices", 0.925),
    ],
)
def test_a_number_of_another_time_or_thing_is_none(said: str, score: float) -> None:
    assert facts_after(_TOLD, said).baseline_score == score


def test_a_later_count_leaves_how_many_cases_there_are() -> None:
    assert facts_after(_TOLD, "34 of 60 break, down to 19").eval_set_n == 60


@pytest.mark.parametrize("said", ["34 of 60 break", "34 of our 60 cases still break the format"])
def test_what_breaks_is_no_success(said: str) -> None:
    assert facts_after(_TOLD, said).baseline_score == 0.4333
