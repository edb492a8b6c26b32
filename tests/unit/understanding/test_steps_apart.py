from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("We have RAG. Haven't put any examples in.", {"tried_rag": True, "tried_few_shot": False}),
        ("RAG is there. No examples yet.", {"tried_rag": True, "tried_few_shot": False}),
        ("We use RAG. Haven't tried examples.", {"tried_rag": True, "tried_few_shot": False}),
    ],
)
def test_a_no_in_one_sentence_does_not_deny_another(said: str, expected: dict[str, bool]) -> None:
    assert values(said, "Q2") == expected


def test_a_plan_in_a_sentence_of_its_own_is_not_done() -> None:
    assert values("None of these. RAG is what we plan.", "Q2")["tried_rag"] is False


def test_what_is_only_named_is_judged_with_what_follows() -> None:
    read = values("RAG? no. Examples? no. just shouting at it in capitals", "Q2")
    assert read["tried_rag"] is False
    assert read["tried_few_shot"] is False
