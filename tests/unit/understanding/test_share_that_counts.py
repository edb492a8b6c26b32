"""Two shares beside each other: what stands after "but only" counts, and what misses the target is no hit."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("120 cases. 97% compile, but only 70% return what was asked for. need 90", 0.7),
        ("97% parse but just 60% have the right values, target 85", 0.6),
        ("96% of the queries run, yet only 64% give the right rows, we need 90", 0.64),
        ("95% valid json, 71% all fields right. target is 90%", 0.71),
        ("94% look fluent but 61% are accurate, target 90", 0.61),
        ("recall 95%, precision 70%, need 90", 0.7),
        ("with the schema 99% parse, though only 80% of the fields are correct. need 95", 0.8),
    ],
)
def test_the_share_that_is_right_counts(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("it routes 93% right but only 3% of the tickets are urgent; we need 90", 0.93),
        ("92% accuracy but only 40% of the docs are labelled, target 90", 0.92),
        ("92% right but only 5% of the users use it, need 90", 0.92),
        ("it was 70% before and is 92% now, need 90", 0.92),
        ("97% right, but only 70% of the agents accept it, need 90", 0.97),
        ("95% pass, 40% of them were easy, need 90", 0.95),
        ("97% approved by editors but only 50% are published, need 90", 0.97),
        ("92% with the new prompt, 70% with the old one, need 90", 0.92),
        ("94% right and only 12% valid complaints, need 90", 0.94),
        ("94% pass, only 3% fail badly, need 90", 0.94),
        ("it passes 97%, but only 40% of requests have a header. need 90", 0.97),
        ("it gets 94% right but only 95% is acceptable", 0.94),
    ],
)
def test_a_share_of_something_else_does_not(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score


def test_what_only_part_of_the_answers_need_is_no_score() -> None:
    assert values("91% pass but only 60% is needed", "Q3")["baseline_score"] == 0.91
