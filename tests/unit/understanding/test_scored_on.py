"""What a score was counted on are test cases, also where no set is fixed."""

from __future__ import annotations

import pytest

from bot.decision.facts import Range
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values


def opening(said: str) -> object:
    """Return how many test cases a message states by itself."""
    return {one.fact: one.value for one in read(said, continues=True).statements}.get("eval_set_n")


@pytest.mark.parametrize(
    ("said", "cases"),
    [
        (
            "no fixed test set, the 81% is from maybe 150 tickets that two people checked",
            Range(min=138, max=162),
        ),
        ("no real test set, 81% is on 150 tickets we checked by hand", 150),
        ("no test set, the 81% came from 60 tickets that we reviewed", 60),
    ],
)
def test_checked_cases_of_a_score_are_test_cases(said: str, cases: object) -> None:
    assert opening(said) == cases
    assert values(said, "Q3")["eval_set_n"] == cases


@pytest.mark.parametrize(
    "said",
    [
        "no test set. 3000 tickets that agents checked",
        "no test set, the 81% is from a paper on 150 tickets that they checked",
        "no test set, the 81% is from 2 people who checked",
        "no test set, the 81% is from 4 annotators who checked",
        "no test set, the 81% is from 3 reviewers that checked",
        "no test set, the 81% is a guess",
        "no test set, 81% is from 150 requests a day",
    ],
)
def test_without_them_there_are_none(said: str) -> None:
    assert opening(said) == 0
