from __future__ import annotations

from typing import Any

import pytest

from bot.decision.confidence import confidence_of
from bot.decision.recommendation import recommend
from bot.decision.statements import Source, Statement, understand
from tests.unit.decision.situations import TUNED_HABIT

MEASURED = {"baseline_score": 0.7, "target_score": 0.9, "eval_set_n": 50}


def _confidence(
    known: dict[str, Any], inferred: tuple[str, ...] = (), *, is_provisional: bool = False
) -> str:
    said = []
    for fact, value in known.items():
        source: Source = "inferred" if fact in inferred else "stated"
        said.append(Statement(fact=fact, value=value, quote="", source=source))
    understanding = understand(said)
    return confidence_of(recommend(understanding.facts), understanding, is_provisional=is_provisional)


@pytest.mark.parametrize(
    ("known", "inferred", "expected"),
    [
        ({}, (), "low"),
        ({"gap": "knowledge", "tried_rag": False}, (), "medium"),
        ({"gap": "knowledge", "tried_rag": False}, ("gap",), "low"),
        ({"gap": "knowledge", "tried_rag": False, "domain": "general"}, ("domain",), "medium"),
        ({"gap": "knowledge", "tried_rag": False, **MEASURED}, (), "high"),
        ({"gap": "knowledge", "tried_rag": False, **MEASURED, "eval_set_n": 49}, (), "medium"),
        ({"gap": "knowledge", **MEASURED}, (), "medium"),
        ({**TUNED_HABIT, **MEASURED}, (), "high"),
        ({**TUNED_HABIT, **MEASURED, "data_rights": "restricted"}, ("data_rights",), "low"),
        ({**TUNED_HABIT, **MEASURED, "data_rights": "restricted", "tried_rag": False}, (), "high"),
        ({**TUNED_HABIT, **MEASURED, "data_rights": "restricted", "tried_rag": False}, ("tried_rag",), "low"),
    ],
)
def test_an_answer_is_as_sure_as_the_facts_that_decided_it(
    known: dict[str, Any], inferred: tuple[str, ...], expected: str
) -> None:
    assert _confidence(known, inferred) == expected


def test_while_another_direction_is_open_nothing_is_very_sure() -> None:
    assert _confidence({**TUNED_HABIT, **MEASURED}, is_provisional=True) == "medium"
    assert _confidence({}, is_provisional=True) == "low"
