"""Contentment with the system, and with something else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.understanding.conversations import statements_after, told

CASE = told(
    {
        "goal_kind": "style_tone",
        "gap": "behaviour",
        "baseline_score": 0.7,
        "target_score": 0.85,
        "examples_n": 1500,
    }
)


def stated(said: str) -> dict[str, Any]:
    return {one.fact: one.value for one in statements_after(CASE, said)}


@pytest.mark.parametrize(
    "said",
    [
        "everyone is happy with the new office",
        "the team is delighted with the new coffee machine",
        "we are pleased with our new vendor",
        "good enough for the demo, not for customers",
        "it is enough for a first pilot but customers would laugh",
    ],
)
def test_praise_of_something_else_ends_nothing(said: str) -> None:
    assert "satisfied" not in stated(said) or stated(said)["satisfied"] is False
    assert "gap" not in stated(said)


@pytest.mark.parametrize(
    "said",
    [
        "it's live, and everybody is happy with it",
        "the editors are happy with the new drafts",
        "customers are pleased with the tone now",
        "live since Monday, no complaints so far",
        "everyone is happy with the tuned model",
    ],
)
def test_praise_of_the_system_ends_the_problem_and_the_need(said: str) -> None:
    heard = stated(said)
    assert heard["satisfied"] is True
    assert heard["gap"] is None
    assert heard["target_score"] is None
