from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID, UNTRIED
from bot.understanding.listed_steps import find_listed_steps
from bot.understanding.message import prepare
from bot.understanding.reading import read

_ALL = {"tried_prompting": "quick"} | dict.fromkeys(UNTRIED.keys() - {"tried_prompting"}, True)


def listed(said: str, question: str = "Q2") -> dict[str, FactValue | None]:
    found = list(find_listed_steps(prepare(said), BY_ID[question]))
    assert len({one.fact for one in found}) == len(found)
    return {one.fact: one.value for one in found}


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("RAG y / examples n", {"tried_rag": True, "tried_few_shot": False}),
        (
            "RAG yes, few-shot no, prompt yes",
            {"tried_rag": True, "tried_few_shot": False, "tried_prompting": "quick"},
        ),
        ("prompting: n; tools: done", {"tried_prompting": "none", "tried_structured": True}),
        ("only examples so far", {"tried_few_shot": True}),
        ("A prompt + bigger models.", {"tried_prompting": "quick", "tried_models": True}),
        ("tools: no, schema: yes, RAG: no", {"tried_structured": True, "tried_rag": False}),
        ("no RAG, no examples", {"tried_rag": False, "tried_few_shot": False}),
        (
            "nothing except RAG",
            {"tried_rag": True, "tried_few_shot": False, "tried_structured": False, "tried_models": False},
        ),
        ("everything on the list bar retrieval", _ALL | {"tried_rag": False}),
        ("everything except RAG and tools", _ALL | {"tried_rag": False, "tried_structured": False}),
    ],
)
def test_each_step_of_a_list_has_its_verdict(said: str, facts: dict[str, FactValue]) -> None:
    assert listed(said) == facts
    read_as = read(said, pending=BY_ID["Q2"]).statements
    assert {one.fact: one.value for one in read_as} == facts


@pytest.mark.parametrize(
    "said",
    [
        "no RAG, examples",  # does the no hold for both?
        "prompt, examples: no",
        "all but RAG no",
        "examples made it worse",
        "RAG or examples",
        "RAG, and the answers are still wrong",
        "all of it except the docs",
    ],
)
def test_what_is_no_list_or_may_be_meant_otherwise_is_left_to_the_models(said: str) -> None:
    assert listed(said) == {}


def test_a_list_answers_only_the_question_what_was_tried() -> None:
    assert listed("RAG", "Q1") == {}
