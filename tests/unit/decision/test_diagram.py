from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision import diagram
from bot.decision.chances import PROBLEM, chances
from bot.decision.compiled import DIRECTION, OUTCOME, POLICY
from bot.decision.conditions import ALWAYS, all_of, any_of, is_in, is_true, unless
from bot.decision.diagram import Builder, Diagram
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.decision.priors import PRIORS
from bot.decision.readiness import check_readiness
from bot.decision.recommendation import recommend
from tests.unit.decision.strategies import facts

RAG, CODE = is_true("tried_rag"), is_true("deterministic")
SETTLED = [rule for rule in RULES if rule.option is not Option.ASK]


def _direction(known: Facts) -> Option:
    return next(rule.option for rule in SETTLED if rule.when.holds(known))


def _outcome(known: Facts) -> Option:
    failed = check_readiness(known, _direction(known)).failed
    return failed.option_instead(known) if failed else _direction(known)


@given(facts())
def test_the_compiled_policy_decides_as_the_rules_do(known: Facts) -> None:
    assert POLICY.decide(known) is recommend(known).option
    assert DIRECTION.decide(known) is _direction(known)
    assert OUTCOME.decide(known) is _outcome(known)


@given(facts(), st.lists(st.sampled_from(sorted({*PRIORS, "gap", "failure_mode"})), max_size=4, unique=True))
def test_a_spread_is_what_adding_up_every_case_gives(known: Facts, open_facts: list[str]) -> None:
    weighed = chances(known, open_facts)
    added: dict[Option, float] = {}
    for picked in product(*weighed.values()):
        values = {fact: value for part, _ in picked for fact, value in part.known().items()}
        weight = float(np.prod([share for _, share in picked]))
        option = _outcome(known.model_copy(update=values))
        added[option] = added.get(option, 0.0) + weight
    assert OUTCOME.spread(known, weighed, 1.0) == pytest.approx(added)


@given(facts())
def test_many_scenarios_in_one_pass_are_each_alone(known: Facts) -> None:
    weighed = chances(known, ("tried_prompting", "examples_n"))
    twice = {
        group: [
            (values, np.array([weight, 1.0 if number == 0 else 0.0]))
            for number, (values, weight) in enumerate(likely)
        ]
        for group, likely in weighed.items()
    }
    first = {group: ((likely[0][0], 1.0),) for group, likely in weighed.items()}
    both = OUTCOME.spread(known, twice, np.ones(2))
    for column, alone in enumerate((weighed, first)):
        expected = OUTCOME.spread(known, alone, 1.0)
        assert {
            option: weights[column] for option, weights in both.items() if weights[column]
        } == pytest.approx(expected)


def test_what_is_forgotten_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder()
    ends = builder.option(Option.RAG), builder.option(Option.FEW_SHOT)
    gap = builder.branch(is_in("gap", "format"), *ends)
    made = Diagram(builder, builder.branch(CODE, gap, builder.branch(RAG, gap, builder.branch(CODE, *ends))))
    own, unknown = made.size, chances(Facts(), ("gap", "tried_rag"))
    first = made.spread(Facts(), unknown, 1.0)
    assert made.size > own
    monkeypatch.setattr(diagram, "_MOST_STEPS", own)
    assert made.spread(Facts(deterministic=True, tried_rag=True), {}, 1.0)
    assert made.size == own
    assert made.spread(Facts(), unknown, 1.0) == pytest.approx(first)


def test_threads_that_weigh_at_once_see_the_same() -> None:
    situations = [
        Facts.model_validate({"tried_rag": rag, "gap": gap, "tried_prompting": prompting})
        for rag, gap, prompting in product((True, False), ("knowledge", "both"), ("none", "quick"))
    ] * 8
    alone = [DIRECTION.spread(known, chances(known), 1.0) for known in situations]
    builder = Builder()
    number = builder.option(SETTLED[-1].option)
    for rule in reversed(SETTLED[:-1]):
        number = builder.branch(rule.when, builder.option(rule.option), number)
    fresh = Diagram(builder, number, together=PROBLEM)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda known: fresh.spread(known, chances(known), 1.0), situations))
    assert together == [pytest.approx(one) for one in alone]


def test_joined_conditions_lead_where_they_hold() -> None:
    condition = any_of(all_of(RAG, unless(CODE)), is_in("gap", "format"), unless(ALWAYS))
    builder = Builder()
    root = builder.branch(condition, builder.option(Option.RAG), builder.option(Option.FEW_SHOT))
    made = Diagram(builder, root)
    for rag, code, gap in product((True, False, None), (True, False, None), ("format", "both", None)):
        known = Facts.model_validate({"tried_rag": rag, "deterministic": code, "gap": gap})
        expected = Option.RAG if condition.holds(known) else Option.FEW_SHOT
        assert made.decide(known) is expected


def test_what_is_the_same_is_made_once() -> None:
    builder = Builder()
    ends = builder.option(Option.RAG), builder.option(Option.FEW_SHOT)
    assert builder.branch(RAG, *ends) == builder.branch(RAG, *ends)
    assert builder.branch(RAG, ends[0], ends[0]) == ends[0]
    assert builder.branch(RAG, *ends) == builder.branch(RAG, builder.branch(RAG, *ends), ends[1])
    assert builder.branch(RAG, *ends) == builder.branch(RAG, ends[0], builder.branch(RAG, *ends))
    assert builder.tests == [RAG]


def test_facts_that_one_test_reads_go_together() -> None:
    assert frozenset({"goal_kind", "gap", "failure_mode"}) in POLICY.groups
    assert frozenset({"agreement", "baseline_score", "target_score"}) in POLICY.groups
    assert all(len(group & PRIORS.keys()) <= 1 for group in POLICY.groups)
