"""A classifier that is a tuned encoder."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conversations import facts_after, told

_TOLD = told({"goal_kind": "classification", "failure_mode": "weak_reasoning", "baseline_score": 0.71})


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("we trained a roberta classifier on 4,000 tickets: 83%, need 90", "worked"),
        ("SetFit on 800 labels got 0.84", "worked"),
        ("we trained a distilbert on our 900 tickets and it got 64%", "worse"),
        ("we tried distilbert, no better than the prompt", "failed"),
    ],
)
def test_is_a_tuning_with_what_came_of_it(said: str, came: str) -> None:
    assert facts_after(_TOLD, said).tried_finetune == came


def test_a_classifier_on_fixed_embeddings_is_none() -> None:
    assert facts_after(_TOLD, "logreg on embeddings: 0.79").tried_finetune is None


def test_one_that_is_only_thought_of_is_none() -> None:
    assert facts_after(_TOLD, "should we try deberta instead?").tried_finetune is None


def test_what_was_told_of_a_tuning_before_stays() -> None:
    before = told({"goal_kind": "classification", "tried_finetune": "forgot"})
    assert facts_after(before, "SetFit on 800 labels got 0.84").tried_finetune == "forgot"
