from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from bot.decision.chances import PROBLEM, WEIGHED, chances
from bot.decision.compiled import POLICY
from bot.decision.facts import FACT_NAMES, Facts, choices_of
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.priors import FAILURES_OF_GAP, GAPS_OF_GOAL, GOALS, PRIORS
from tests.unit.decision.strategies import facts

WEIGHTS: dict[str, Mapping[Any, float]] = {"goals": GOALS, **GAPS_OF_GOAL, **FAILURES_OF_GAP, **PRIORS}


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_sum_to_one(name: str) -> None:
    assert sum(WEIGHTS[name].values()) == pytest.approx(1)


def test_priors_are_about_values_that_facts_can_have() -> None:
    assert set(PRIORS) <= set(FACT_NAMES)
    for fact, weights in PRIORS.items():
        for value in weights:
            Facts.model_validate({fact: value})
    assert set(GOALS) == set(GAPS_OF_GOAL) <= set(choices_of("goal_kind"))
    assert set(FAILURES_OF_GAP) == set(choices_of("gap"))
    assert {gap for gaps in GAPS_OF_GOAL.values() for gap in gaps if gap} == set(choices_of("gap"))
    failures = {failure for weights in FAILURES_OF_GAP.values() for failure in weights if failure}
    assert failures == set(choices_of("failure_mode"))


def test_every_fact_that_a_rule_reads_has_a_prior_or_is_taken_as_unknown() -> None:
    read = frozenset[str]().union(
        *(rule.when.reads for rule in RULES), *(gate.fails_when.reads for gate in GATES)
    )
    assert read - WEIGHED == {
        "intent",
        "conflicts",
        "agreement",
        "asks",
        "baseline_score",
        "target_score",
        "tried_classifier",
        "tried_long_context",
        "base_fits_hosting",
        "base_retire_days",
    }
    assert set(PRIORS) <= frozenset[str]().union(*POLICY.groups), "a prior that nothing reads"


@given(facts())
def test_chances_are_about_the_unknown_and_sum_to_one(known: Facts) -> None:
    for group, likely in chances(known).items():
        assert sum(weight for _, weight in likely) == pytest.approx(1)
        for fact in group:
            if (value := getattr(known, fact)) is not None:
                assert {getattr(values, fact) for values, _ in likely} == {value}


@pytest.mark.parametrize(
    ("known", "open_facts", "expected"),
    [
        ({"gap": "format"}, ("gap",), None),
        ({"gap": "format"}, ("failure_mode",), {("format", "invalid_format"): 0.86, ("format", None): 0.14}),
        ({"failure_mode": "too_slow"}, ("gap", "failure_mode"), None),
        (
            {"goal_kind": "format"},
            ("gap",),
            {(gap, None): share for gap, share in GAPS_OF_GOAL["format"].items()},
        ),
        (
            {"goal_kind": "knowledge_qa", "gap": "capability"},
            ("failure_mode",),
            {("capability", "weak_reasoning"): 0.5, ("capability", None): 0.5},
        ),
    ],
)
def test_the_problem_is_weighed_by_what_is_known_of_it(
    known: dict[str, Any], open_facts: tuple[str, ...], expected: dict[Any, float] | None
) -> None:
    likely = chances(Facts.model_validate(known), open_facts).get(PROBLEM)
    if expected is None:
        assert likely is None
    else:
        assert likely is not None
        found = {(values.gap, values.failure_mode): weight for values, weight in likely}
        assert found == pytest.approx(expected)


def test_the_task_is_guessed_from_what_is_missing() -> None:
    def share(goal: str, **known: Any) -> float:
        likely = chances(Facts.model_validate(known))[PROBLEM]
        return sum(weight for values, weight in likely if values.goal_kind == goal)

    assert share("reasoning", gap="capability") > GOALS["reasoning"] * 3
    assert share("classification", failure_mode="too_slow") > GOALS["classification"]
    assert share("knowledge_qa", failure_mode="retrieval_miss") > GOALS["knowledge_qa"] * 3


def test_a_task_that_was_not_counted_has_the_gaps_of_all_tasks() -> None:
    likely = chances(Facts(goal_kind="prediction_tabular"), ("gap",))[PROBLEM]
    shares = {values.gap: weight for values, weight in likely}
    overall = sum(GOALS[goal] * GAPS_OF_GOAL[goal].get("behaviour", 0.0) for goal in GOALS)
    assert shares["behaviour"] == pytest.approx(overall)
