"""Nobody is advised what they said they had done without success, unless what is advised goes beyond it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from random import Random

import pytest

from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.recommendation import Recommendation, recommend
from tests.unit.decision.sampling import draw_situation

SEED = 20_261_129
SITUATIONS = 40_000
SHARES_KNOWN = (1.0, 0.7, 0.4, 0.15)

Took = Callable[[Facts], bool]

_TOOK: Mapping[Option, Took] = {
    Option.IMPROVE_PROMPT: lambda facts: facts.tried_prompting == "systematic",
    Option.FEW_SHOT: lambda facts: facts.tried_few_shot is True,
    Option.RAG: lambda facts: facts.tried_rag is True,
    Option.STRUCTURED_TOOLS: lambda facts: facts.tried_structured is True,
    Option.SWITCH_MODEL: lambda facts: facts.tried_models is True and facts.teacher_ok is not True,
    **dict.fromkeys(TRAINING, lambda facts: facts.tried_finetune in ("failed", "forgot", "worse")),
}
"""By what is advised: whether somebody said that they had done it, and not that it had helped."""

_TOOK_THIS: Mapping[str, Took] = {
    "D8": lambda facts: facts.tried_caching is True,
    "D11c": lambda facts: facts.tried_long_context is True,
    "D8b": lambda facts: facts.tried_small_model is True and facts.small_model_ok is not True,
    "D8i": lambda facts: facts.tried_small_model is True and facts.small_model_ok is not True,
    "D8f": lambda facts: facts.tried_small_model is True and facts.small_model_ok is not True,
}
"""The same for rules whose option stands for several steps."""

GOES_BEYOND: Mapping[str, str] = {
    "D1": "a function that computes the answer, not the schema or the tools in use",
    "D5": "a tool for the very data that the model cannot reach",
    "D8j": "models of other makers, where neither a large nor a small one has passed",
    "D7c": "enforced while decoding, where the output breaks although a schema was asked for",
    "D9g": "a model made for calling tools, and better tools, not just a stronger model",
    "D9i": "a model of another family, or one made for this",
    "D4f": "a large model's answers, not more of the examples that did not do",
    "D4g": "a grader, not more of the examples that did not do",
    "D4h": "general examples mixed in, and a gentler training",
    "D10d": "examples picked for each request, not the same ones for all",
    "D4c": "mends the retrieval that exists",
    "D11e": "mends the retrieval that exists",
    "D11f": "looks where the retrieval that exists fails",
    "D3d": "a model that stays, not a stronger one",
    "G2": "a base that can be tuned, not a stronger one",
    "G3": "a base that lives longer, not a stronger one",
    "G11": "a base that runs where it must, not a stronger one",
}
"""Rules and gates that advise more of what was done, and what is new in it."""


def _deciding(recommendation: Recommendation) -> str:
    return recommendation.gate.id if recommendation.gate else recommendation.rule.id


def _is_repeated(facts: Facts, recommendation: Recommendation) -> bool:
    took = _TOOK_THIS.get(_deciding(recommendation)) or _TOOK.get(recommendation.option)
    return took is not None and took(facts)


@cache
def _repeating() -> Mapping[str, Facts]:
    """Return what advises a step that was taken, each with the fewest facts that were drawn for it."""
    random = Random(SEED)
    found: dict[str, Facts] = {}
    for number in range(SITUATIONS):
        facts = Facts.model_validate(draw_situation(random, SHARES_KNOWN[number % len(SHARES_KNOWN)]))
        recommendation = recommend(facts)
        if _is_repeated(facts, recommendation):
            smallest = found.get(_deciding(recommendation), facts)
            found[_deciding(recommendation)] = min(smallest, facts, key=lambda one: len(one.known()))
    return found


def test_nobody_is_advised_what_they_have_done_unless_it_goes_beyond_that() -> None:
    assert {id_: facts.known() for id_, facts in _repeating().items() if id_ not in GOES_BEYOND} == {}


def test_whatever_goes_beyond_exists_and_is_needed() -> None:
    assert set(GOES_BEYOND) <= {rule.id for rule in RULES} | {gate.id for gate in GATES}
    assert set(GOES_BEYOND) == set(_repeating())


@pytest.mark.parametrize(
    ("known", "option"),
    [
        ({"goal_kind": "classification", "tried_prompting": "quick"}, Option.IMPROVE_PROMPT),
        ({"goal_kind": "classification", "tried_prompting": "systematic"}, Option.FEW_SHOT),
        ({"tried_prompting": "systematic"}, Option.FEW_SHOT),
        ({"tried_prompting": "systematic", "tried_few_shot": True}, Option.EVALS_DATA_FIRST),
        ({"teacher_ok": True}, Option.SWITCH_MODEL),
    ],
)
def test_where_a_stronger_model_did_not_help_the_next_step_is_advised(
    known: dict[str, object], option: Option
) -> None:
    tried = Facts.model_validate({"gap": "capability", "tried_models": True, **known})
    assert recommend(tried).option is option
