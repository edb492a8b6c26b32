"""Kinds of which there are few are neither how many there are, nor examples."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_reading import values

_COUNTED = {"examples_n", "label_count", "eval_set_n", "raw_examples_n"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("several tags each, and about 400 of the tags have fewer than 20 articles", {}),
        ("900 tags, 400 of the tags have fewer than 20 articles", {"label_count": 900}),
        (
            "400 of our 700 tags have under 20 articles, 9000 articles in all",
            {"label_count": 700, "examples_n": 9000},
        ),
        ("34 queues, 5 of the queues hold only 10 tickets", {"label_count": 34}),
        ("30 of the classes have only 2", {}),
        ("all 36 of the classes have at least 60 examples", {"label_count": 36}),
    ],
)
def test_some_of_the_kinds_count_nothing(said: str, expected: Mapping[str, int]) -> None:
    read = values(said, "Q15")
    assert {fact: value for fact, value in read.items() if fact in _COUNTED} == expected


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("400 of the labels have been checked", "Q5", "examples_n", 400),
        ("400 of the labels are reviewed", "Q5", "examples_n", 400),
        ("30 kinds with 400 labelled in all", "Q15", "examples_n", 400),
        ("30 kinds with 400 labelled in all", "Q15", "label_count", 30),
        ("12 of the classes have 900 examples in all", "Q15", "examples_n", 900),
        ("400 of the tickets have a label", "Q5", "examples_n", 400),
    ],
)
def test_what_was_labelled_counts(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count
