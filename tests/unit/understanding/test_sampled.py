"""Who is asked for test cases and looks at so many a month tells of no traffic."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize("said", ["we check 400 a month", "we sample about 400 answers a month"])
def test_so_many_are_tested(said: str) -> None:
    read = values(said, "Q3")
    assert "requests_per_day" not in read
    assert "eval_set_n" in read


@pytest.mark.parametrize(
    ("said", "question", "expected"),
    [
        ("400 a month", "Q3", {}),
        ("400 requests a month", "Q3", {"requests_per_day": 13}),
        (
            "150 per week come through, we look at 15 per week",
            "Q3",
            {"eval_set_n": 15, "requests_per_day": 21},
        ),
        ("200 mails a day arrive, we check 30 a week", "Q3", {"eval_set_n": 30, "requests_per_day": 200}),
        ("400 a month", "Q10", {"requests_per_day": 13}),
        ("50 cases; we get 400 a month", "Q3", {"eval_set_n": 50}),
    ],
)
def test_what_comes_in_is_not(said: str, question: str, expected: Mapping[str, int]) -> None:
    read = values(said, question)
    counted = {"eval_set_n", "requests_per_day"}
    assert {fact: value for fact, value in read.items() if fact in counted} == expected
