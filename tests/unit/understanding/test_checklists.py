from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("[x] examples [ ] retrieval", {"tried_few_shot": True, "tried_rag": False}),
        ("examples [x] retrieval [ ]", {"tried_few_shot": True, "tried_rag": False}),
        ("✓ RAG ✗ examples", {"tried_rag": True, "tried_few_shot": False}),
        ("RAG ✗, examples ✓", {"tried_rag": False, "tried_few_shot": True}),
        (":x: RAG :white_check_mark: examples", {"tried_rag": False, "tried_few_shot": True}),
        ("[ ] prompt [x] RAG", {"tried_prompting": "none", "tried_rag": True}),
    ],
)
def test_a_step_is_done_as_its_mark_says(said: str, expected: Mapping[str, object]) -> None:
    read = values(said, "Q2")
    assert {fact: read.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("to do: RAG", {"tried_rag": False}),
        ("done: prompts, RAG. Open: examples", {"tried_rag": True, "tried_few_shot": False}),
        ("tried: RAG; next: examples, a stronger model", {"tried_rag": True, "tried_models": False}),
        ("To do:\nRAG\nexamples", {"tried_rag": False, "tried_few_shot": False}),
        ("our plan: RAG. we have examples in the prompt", {"tried_rag": False, "tried_few_shot": True}),
    ],
)
def test_a_step_is_done_as_the_heading_above_it_says(said: str, expected: Mapping[str, object]) -> None:
    read = values(said, "Q2")
    assert {fact: read.get(fact) for fact in expected} == expected
