from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("RAG? no. Examples in the prompt? yes", {"tried_rag": False, "tried_few_shot": True}),
        ("Vektordatenbank ja, Beispiele nein", {"tried_few_shot": False}),
        ("json mode (on), vector db (planned for Q1)", {"tried_structured": True, "tried_rag": False}),
        ("RAG: not yet, few-shot examples: done", {"tried_rag": False, "tried_few_shot": True}),
        ("we use RAG, no complaints", {"tried_rag": True}),
        ("examples no, RAG yes", {"tried_few_shot": False, "tried_rag": True}),
        ("we want to try RAG next", {"tried_rag": False}),
        ("everything but RAG", {"tried_rag": False}),
        ("looked into RAG, too complex", {"tried_rag": False}),
        ("a stronger model is too expensive", {"tried_models": False}),
        ("RAG is live, later we want to add examples", {"tried_rag": True}),
        ("RAG is next, prompts are done", {"tried_rag": False, "tried_prompting": "quick"}),
        ("rag: y, few-shot: n", {"tried_rag": True, "tried_few_shot": False}),
    ],
)
def test_a_listed_step_is_turned_by_the_no_or_the_later_beside_it(
    said: str, expected: Mapping[str, object]
) -> None:
    read = values(said, "Q2")
    assert {fact: read.get(fact) for fact in expected} == expected


def test_a_small_model_that_does_not_do_was_tried() -> None:
    assert values("large: yes, small: no", "Q12")["tried_small_model"] is True


def test_models_that_are_held_against_each_other_are_not_said_to_be_theirs() -> None:
    read = values("the 405B passes, the 3B fails", "Q12")
    assert read["teacher_ok"] is True
    assert not {"base_model", "base_tunable"} & read.keys()


def test_a_larger_model_that_was_not_tried_says_nothing_of_small_ones() -> None:
    assert values("haven't tried a bigger model", "Q12") == {"tried_models": False}
    assert values("GPT-4 does it well, haven't tried anything smaller", "Q12")["tried_small_model"] is False


def test_a_small_model_that_was_not_tried_did_neither_well_nor_badly() -> None:
    expected = {"teacher_ok": True, "tried_small_model": False}
    assert values("Big: passes. Small: on the to-do list", "Q12") == expected
    assert values("small: later versions pass", "Q12")["small_model_ok"] is True
    assert values("big one's fine, passes the lot. small one: haven't tried", "Q12") == expected
