from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from tests.unit.understanding.conversations import statements_after, told

SORTS = told({"goal_kind": "classification"})


def news(said: str) -> dict[str, FactValue | None]:
    return {one.fact: one.value for one in statements_after(SORTS, said)}


@pytest.mark.parametrize(
    "said",
    [
        "it flags letters that give away who the patient is",
        "the filter blocks posts with threats in them",
        "guests complain that the rooms are too expensive",
        "our readers say the price went up too much",
    ],
)
def test_what_it_finds_and_what_buyers_pay_is_no_failure_of_its_own(said: str) -> None:
    assert "failure_mode" not in news(said)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ("it wrote the name of another patient into a letter", "unsafe"),
        ("each answer costs us four cents, that is far too expensive", "too_expensive"),
    ],
)
def test_what_is_its_own_counts(said: str, failure: str) -> None:
    assert news(said)["failure_mode"] == failure
