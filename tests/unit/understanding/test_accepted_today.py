"""What people still accept is how well it does today, whatever was asked."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize("question", ["Q3", "Q12"])
@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("the quantised one is faster, doctors still accept 89%", 0.89),
        ("editors now keep 71% of the drafts unchanged", 0.71),
    ],
)
def test_what_they_accept_now_is_no_need(said: str, score: float, question: str) -> None:
    read = values(said, question)
    assert "target_score" not in read
    assert read["baseline_score"] == score


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ("80% today, doctors only accept 95%", 0.95),
        ("80% today, customers will accept 90%", 0.9),
        ("80% today, we need 89%", 0.89),
        ("the goal is that editors still accept 94%", 0.94),
        ("we need doctors still accept 91%", 0.91),
        ("80% today, 95% would be accepted", 0.95),
    ],
)
def test_what_they_would_accept_is(said: str, needed: float) -> None:
    assert values(said, "Q3")["target_score"] == needed
