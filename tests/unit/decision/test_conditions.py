from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.decision import conditions as c
from bot.decision import implied
from bot.decision.facts import Facts, Range, choices_of
from bot.decision.thresholds import CORPUS, PILOT

HOLDS: tuple[tuple[c.Condition, dict[str, Any], bool], ...] = (
    (c.is_in("gap", "both", "format"), {"gap": "format"}, True),
    (c.is_in("gap", "both", "format"), {"gap": "knowledge"}, False),
    (c.is_in("gap", "both", "format"), {}, False),
    (c.is_true("tried_rag"), {"tried_rag": True}, True),
    (c.is_true("tried_rag"), {}, False),
    (c.is_false("tried_rag"), {"tried_rag": False}, True),
    (c.is_false("tried_rag"), {}, False),
    (c.is_not_true("tried_rag"), {}, True),
    (c.is_not_true("tried_rag"), {"tried_rag": True}, False),
    (c.untried("tried_rag"), {"tried_rag": False}, True),
    (c.is_known("base_tunable"), {"base_tunable": "no"}, True),
    (c.is_known("base_tunable"), {"base_tunable": "unknown"}, False),
    (c.is_known("conflicts"), {"conflicts": ()}, False),
    (c.is_some("raw_examples_n"), {"raw_examples_n": 1}, True),
    (c.is_some("raw_examples_n"), {"raw_examples_n": 0}, False),
    (c.is_some("raw_examples_n"), {"raw_examples_n": Range(max=9)}, False),
    (c.reaches("examples_n", PILOT), {"examples_n": 50}, True),
    (c.reaches("examples_n", PILOT), {"examples_n": 49}, False),
    (c.misses("examples_n", PILOT), {"examples_n": 49}, True),
    (c.misses("examples_n", PILOT), {"examples_n": 50}, False),
    (c.fits("examples_n", PILOT), {"examples_n": 50}, True),
    (c.fits("examples_n", PILOT), {"examples_n": Range(max=51)}, False),
    (c.is_zero("budget_usd"), {"budget_usd": 0}, True),
    (c.is_zero("budget_usd"), {"budget_usd": Range(max=0)}, True),
    (c.is_zero("budget_usd"), {"budget_usd": Range(max=1)}, False),
    (c.is_zero("budget_usd"), {}, False),
    (c.all_of(c.is_true("tried_rag"), c.is_true("regulated")), {"tried_rag": True}, False),
    (c.any_of(c.is_true("tried_rag"), c.is_true("regulated")), {"tried_rag": True}, True),
    (c.unless(c.is_true("tried_rag")), {}, True),
    (c.gap_is("both"), {"failure_mode": "wrong_use_of_context"}, True),
    (c.labels_reach(PILOT), {"examples_n": Range(min=10, max=90)}, False),
    (c.labels_reach(PILOT), {"labels_on_demand": True}, True),
    (c.ALWAYS, {}, True),
)


@pytest.mark.parametrize(
    ("condition", "known", "expected"), HOLDS, ids=lambda part: getattr(part, "words", None)
)
def test_a_condition_holds_only_for_what_is_known(
    condition: c.Condition, known: dict[str, Any], *, expected: bool
) -> None:
    assert condition.holds(Facts.model_validate(known)) is expected


@pytest.mark.parametrize(
    ("build", "stranger"),
    [
        (lambda: c.Condition("", frozenset({"shoe_size"}), lambda _facts: True), "shoe_size"),
        (lambda: c.is_in("gap", "vibes"), "vibes"),
        (lambda: c.gap_is("vibes"), "vibes"),
    ],
)
def test_a_rule_about_something_that_does_not_exist_cannot_be_written(
    build: Callable[[], c.Condition], stranger: str
) -> None:
    with pytest.raises(ValueError, match=stranger):
        build()


@pytest.mark.parametrize(
    ("known", "gap"),
    [
        ({"gap": "format", "failure_mode": "wrong_facts", "goal_kind": "style_tone"}, "format"),
        ({"failure_mode": "wrong_facts", "goal_kind": "style_tone"}, "knowledge"),
        ({"goal_kind": "style_tone"}, "behaviour"),
        ({"goal_kind": "translation"}, None),
        ({}, None),
    ],
)
def test_the_gap_is_as_stated_else_as_the_failure_implies_else_as_the_task_implies(
    known: dict[str, Any], gap: str | None
) -> None:
    facts = Facts.model_validate(known)
    assert [one for one in choices_of("gap") if c.gap_is(one).holds(facts)] == ([gap] if gap else [])


def test_every_failure_implies_a_gap() -> None:
    assert set(implied.GAP_OF_FAILURE) == set(choices_of("failure_mode"))
    implied_by_something = {*implied.GAP_OF_FAILURE.values(), *implied.GAP_OF_GOAL.values()}
    assert set(choices_of("gap")) - implied_by_something == {"interface"}


def test_combinations_know_all_that_their_parts_read_compare_and_assume() -> None:
    whole = c.all_of(
        c.untried("tried_rag"), c.any_of(c.labels_reach(PILOT), c.unless(c.misses("eval_set_n", PILOT)))
    )
    assert whole.reads == {"tried_rag", "examples_n", "labels_on_demand", "eval_set_n"}
    assert whole.compares == (PILOT, PILOT)
    assert whole.assumes(Facts()) == {"tried_rag": False}
    assert whole.assumes(Facts(tried_rag=False)) == {}
    assert whole.words == (
        "retrieval: not as far as we know; (reviewed examples, at hand or on demand, at least 50,"
        " or not (test cases under 50))"
    )


def test_labels_on_demand_stand_for_no_more_than_people_mean_by_it() -> None:
    with pytest.raises(ValueError, match="labels on demand stand for 1000, fewer than T7"):
        c.labels_reach(CORPUS)
