from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given

from bot.decision.conditions import gap_is
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.outlook import in_words, outlook
from bot.decision.priors import FAILURES_OF_GAP, PRIORS
from bot.decision.recommendation import recommend
from tests.unit.decision.strategies import facts


@given(facts())
def test_an_outlook_is_a_probability_likeliest_first(known: Facts) -> None:
    expected = outlook(known)
    assert sum(expected.values()) == pytest.approx(1)
    assert all(one >= other for one, other in pairwise(expected.values()))
    assert Option.ASK not in expected


@given(facts())
def test_where_the_policy_points_now_is_always_possible(known: Facts) -> None:
    now = recommend(known).direction
    # "A small one would do" is not "we tried a small one, it passes": one of the two has to come out.
    assume(not (known.small_model_ok and known.tried_small_model is None))
    # After a quick prompt for sorting, examples come next, whether some were shown or not; only while nobody
    # says it, the kinds are defined first.
    is_sorting_by_a_quick_prompt = known.goal_kind == "classification" and known.tried_prompting == "quick"
    assume(not (is_sorting_by_a_quick_prompt and known.tried_few_shot is None))
    if now is not Option.ASK:
        assert outlook(known).get(now, 0) > 0


def test_when_everything_is_known_one_direction_is_certain() -> None:
    complete: dict[str, Any] = {
        fact: next(value for value in weights if value is not None) for fact, weights in PRIORS.items()
    }
    for gap, failures in FAILURES_OF_GAP.items():
        problem = {"goal_kind": "generation", "gap": gap, "failure_mode": next(iter(failures))}
        known = Facts.model_validate({**complete, "deterministic": False, "satisfied": False, **problem})
        assert outlook(known) == {recommend(known).direction: 1.0}


def test_an_implied_gap_counts_as_known() -> None:
    known = Facts(failure_mode="invalid_format")
    assert gap_is("format").holds(known)
    stated = outlook(Facts(gap="format", failure_mode="invalid_format"))
    assert outlook(known) == pytest.approx(stated)


def test_more_evidence_for_a_direction_makes_it_likelier() -> None:
    vague = outlook(Facts(gap="knowledge"))
    clear = outlook(Facts(gap="knowledge", tried_rag=False, corpus_tokens=5_000_000))
    assert clear[Option.RAG] > vague[Option.RAG]


@pytest.mark.parametrize(
    ("probability", "words"),
    [(None, "open"), (0.39, "open"), (0.4, "leaning"), (0.69, "leaning"), (0.7, "likely"), (1.0, "likely")],
)
def test_people_read_one_word_instead_of_a_percentage(probability: float | None, words: str) -> None:
    assert in_words(probability) == words
