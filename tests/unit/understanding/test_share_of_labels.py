"""A share of labels that are wrong tells of the data, and scores no model."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from tests.unit.understanding.conversations import statements_after, told
from tests.unit.understanding.test_reading import values


def remark(said: str, question: str = "") -> dict[str, FactValue | None]:
    """Return what this states about sorting that was told of before."""
    earlier = told({"goal_kind": "classification"})
    return {one.fact: one.value for one in statements_after(earlier, said, question)}


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("the final queue is often only where it got bounced to, maybe 20% of them are wrong", ""),
        ("the final queue is often only where it got bounced to, maybe 20% of them are wrong", "Q6"),
        ("5-10% of the labels are wrong", ""),
        ("5-10% of the labels are wrong", "Q5"),
        ("a fifth of the tags are off", "Q6"),
        ("yes, 10% of our codes are faulty", "Q8"),
        ("since we checked: 10% of the old labels are wrong", ""),
        ("12% of the tags are wrong, we need 1000 more", "Q5"),
    ],
)
def test_wrong_labels_are_of_mixed_quality(said: str, question: str) -> None:
    heard = remark(said, question)
    assert "baseline_score" not in heard
    assert heard["data_quality"] == "mixed"


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("20% of the answers are wrong", "Q3"),
        ("20% of the labels are wrong", "Q3"),
        ("a fifth of the tags are wrong", "Q1"),
        ("20% of the answers are wrong", ""),
        ("20% of its tags are wrong", ""),
        ("20% of the predicted labels are wrong", ""),
        ("the bot gets the tags wrong, 20% of the tags are wrong", ""),
        ("the final queue is what it predicts, 20% of them are wrong", ""),
        ("20% of the tags are wrong, we need 5%", ""),
        ("we're now at 20% of codes wrong", ""),
        ("after the prompt change 20% of tags are wrong", ""),
        ("a prompt, 20% of the codes are wrong", "Q2"),
        ("accuracy against the final queue: 20% of them are wrong", ""),
    ],
)
def test_what_the_model_does_is_a_score(said: str, question: str) -> None:
    assert remark(said, question)["baseline_score"] == 0.8


def test_an_opening_tells_of_what_the_model_tags() -> None:
    said = "We tag articles with GPT-4o, a fifth of the tags are wrong. Should we fine-tune?"
    assert values(said)["baseline_score"] == 0.8
