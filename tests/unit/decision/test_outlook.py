from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from bot.decision import outlook as module
from bot.decision.facts import FACT_NAMES, Facts, choices_of
from bot.decision.implied import gap_of
from bot.decision.options import Option
from bot.decision.outlook import in_words, outlook
from bot.decision.policy import RULES
from bot.decision.priors import FAILURES_OF_GAP, PRIORS
from bot.decision.recommendation import recommend
from tests.unit.decision.strategies import facts

WEIGHTS = {**PRIORS, **FAILURES_OF_GAP}


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_sum_to_one(name: str) -> None:
    assert sum(WEIGHTS[name].values()) == pytest.approx(1)


def test_priors_are_about_values_that_facts_can_have() -> None:
    assert set(PRIORS) <= set(FACT_NAMES)
    for fact, weights in PRIORS.items():
        for value in weights:
            Facts.model_validate({fact: value})
    assert set(FAILURES_OF_GAP) == set(choices_of("gap"))
    failures = {failure for weights in FAILURES_OF_GAP.values() for failure in weights}
    assert failures <= set(choices_of("failure_mode"))


def test_every_fact_that_a_rule_reads_has_a_prior_or_is_taken_as_unknown() -> None:
    read = frozenset[str]().union(*(rule.when.reads for rule in RULES))
    by_gap, said_or_not = {"failure_mode"}, {"intent", "conflicts", "asks", "baseline_score", "target_score"}
    rarely_said = {"eval_set_n", "cost_pressure", "data_quality", "tried_long_context"}
    assert read - set(PRIORS) == by_gap | said_or_not | rarely_said


@given(facts())
def test_an_outlook_is_a_probability_likeliest_first(known: Facts) -> None:
    expected = outlook(known)
    assert sum(expected.values()) == pytest.approx(1)
    assert all(one >= other for one, other in pairwise(expected.values()))
    assert Option.ASK not in expected


@given(facts())
def test_where_the_policy_points_now_is_always_possible(known: Facts) -> None:
    now = recommend(known).direction
    if now is not Option.ASK:
        assert outlook(known).get(now, 0) > 0


def test_when_everything_is_known_one_direction_is_certain() -> None:
    complete: dict[str, Any] = {
        fact: next(value for value in weights if value is not None) for fact, weights in PRIORS.items()
    }
    for gap, failures in FAILURES_OF_GAP.items():
        known = Facts.model_validate(
            {**complete, "deterministic": False, "gap": gap, "failure_mode": next(iter(failures))}
        )
        assert outlook(known) == {recommend(known).direction: 1.0}


def test_an_implied_gap_counts_as_known() -> None:
    known = Facts(failure_mode="invalid_format")
    assert gap_of(known) == "format"
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


def test_rules_without_a_last_resort_fail_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RULES", RULES[:1])
    outlook.cache_clear()
    with pytest.raises(AssertionError, match="the last rule always holds"):
        outlook(Facts())
