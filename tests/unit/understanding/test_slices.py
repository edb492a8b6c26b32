"""A part of the cases told beside what is known of all."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from tests.unit.understanding.conversations import statements_after, told

KNOWN = told({"eval_set_n": 200, "examples_n": 4_000, "baseline_score": 0.8})


def news(said: str) -> dict[str, FactValue | None]:
    return {one.fact: one.value for one in statements_after(KNOWN, said)}


@pytest.mark.parametrize(
    "said",
    [
        "The new prompt made it 84%. But invoices from the harbour are right in 9 of 30 only.",
        "84% in all on the test cases, contracts from before 2010 just 11 out of 40",
    ],
)
def test_how_many_of_one_kind_there_are_is_no_size_of_the_test_set(said: str) -> None:
    assert news(said).get("baseline_score") == 0.84
    assert "eval_set_n" not in news(said)


def test_a_set_that_is_said_to_be_new_counts() -> None:
    assert news("we made a fresh test set and it gets 51 of 60 right")["eval_set_n"] == 60


@pytest.mark.parametrize(
    "said",
    [
        "two nurses went through 150 of the letters last week and wrote down what a good one is",
        "Kim looked at about 90 examples again, some of the labels are wrong",
    ],
)
def test_examples_that_were_looked_at_again_are_not_all_that_there_are(said: str) -> None:
    assert "examples_n" not in news(said)


def test_whoever_takes_back_how_many_there_are_is_heard() -> None:
    assert news("it turns out we only have 350 reviewed examples, not 4,000")["examples_n"] == 350


@pytest.mark.parametrize(
    "said",
    [
        "the fast lane gets 97% right, the big model the rest. together it is at 91.5% on all of them",
        "short ones 95% right, long ones 71%, overall we're at 91.5%",
    ],
)
def test_the_score_of_all_together_is_the_score(said: str) -> None:
    assert news(said)["baseline_score"] == 0.915
