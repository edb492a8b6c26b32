"""The little language that rules are written in.

A condition says whether it holds for given facts, which facts it reads, and itself in words. Because rules
are data, the same table gives the outcome, the trace, the questions worth asking and the flips. A claim about
an unknown fact does not hold; where unknown should count as a no, `is_not_true` says so and records it as an
assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from bot.decision.facts import (
    FACT_NAMES,
    Facts,
    FactValue,
    Range,
    choices_of,
    surely_at_least,
    surely_below,
    title_of,
)
from bot.decision.implied import GAP_OF_FAILURE, GAP_OF_GOAL, is_complaint
from bot.decision.thresholds import COMFORT, Threshold

Assumptions = Mapping[str, FactValue]


def _nothing(_facts: Facts) -> Assumptions:
    return {}


@dataclass(frozen=True)
class Condition:
    """A claim about facts, the numbers at which it changes, and what it takes unknown facts for."""

    words: str
    reads: frozenset[str]
    holds: Callable[[Facts], bool]
    compares: tuple[Threshold, ...] = ()
    assumes: Callable[[Facts], Assumptions] = _nothing
    join: Literal["", "all", "any", "not"] = ""
    parts: tuple[Condition, ...] = ()
    """What is joined; a condition without parts is one test, of one fact or of facts that go together."""

    def __post_init__(self) -> None:
        """Refuse a rule about a fact that does not exist."""
        if strangers := self.reads - set(FACT_NAMES):
            raise ValueError(f"no such fact: {', '.join(sorted(strangers))}")


@cache
def is_in(fact: str, *values: str) -> Condition:
    """Hold when a fact with a closed vocabulary is known to have one of these values."""
    if strangers := set(values) - set(choices_of(fact)):
        raise ValueError(f"{fact} is never {', '.join(sorted(strangers))}")
    allowed = frozenset(values)
    words = f"{title_of(fact)} is {' or '.join(values)}"
    return Condition(words, frozenset({fact}), lambda facts: getattr(facts, fact) in allowed)


@cache
def is_true(fact: str) -> Condition:
    """Hold when a yes/no fact is known to be so."""
    return Condition(f"{title_of(fact)}: yes", frozenset({fact}), lambda facts: getattr(facts, fact) is True)


@cache
def is_false(fact: str) -> Condition:
    """Hold when a yes/no fact is known not to be so."""
    return Condition(f"{title_of(fact)}: no", frozenset({fact}), lambda facts: getattr(facts, fact) is False)


@cache
def is_not_true(fact: str) -> Condition:
    """Hold when a yes/no fact is not known to be so; unknown is assumed, visibly, to be a no."""
    return Condition(
        f"{title_of(fact)}: not as far as we know",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) is not True,
        assumes=lambda facts: {fact: False} if getattr(facts, fact) is None else {},
    )


def untried(fact: str) -> Condition:
    """Hold when a step is not known to have been taken: few people mention what they have not tried."""
    return is_not_true(fact)


@cache
def is_known(fact: str) -> Condition:
    """Hold when something is known about a fact; the word "unknown" is not knowledge."""
    return Condition(
        f"{title_of(fact)} is known",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) not in (None, "unknown", ()),
    )


@cache
def is_some(fact: str) -> Condition:
    """Hold when an amount is known to be more than nothing."""
    return Condition(
        f"{title_of(fact)}: some",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), 1),
    )


@cache
def is_zero(fact: str) -> Condition:
    """Hold when a number is known to be nought."""
    return Condition(
        f"{title_of(fact)} is 0",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) in (0, Range(min=0, max=0), Range(max=0)),
    )


@cache
def reaches(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure to reach a threshold."""
    return Condition(
        f"{title_of(fact)} at least {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), threshold.value),
        (threshold,),
    )


@cache
def misses(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is known to fall short of a threshold."""
    return Condition(
        f"{title_of(fact)} under {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value),
        (threshold,),
    )


@cache
def fits(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure not to exceed a threshold."""
    return Condition(
        f"{title_of(fact)} at most {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value + 1),
        (threshold,),
    )


def nears_people(within: float, words: str) -> Condition:
    """Hold when the score is no further than `within` below how often people agree, both between 0 and 1."""

    def holds(facts: Facts) -> bool:
        score, agreed = facts.baseline_score, facts.agreement
        return score is not None and agreed is not None and score >= agreed - within

    return Condition(words, frozenset({"baseline_score", "agreement"}), holds)


def all_of(*conditions: Condition) -> Condition:
    """Hold when every part holds."""

    def assumes(facts: Facts) -> Assumptions:
        return {fact: value for part in conditions for fact, value in part.assumes(facts).items()}

    return Condition(
        "; ".join(part.words for part in conditions if part.words),
        _reads(conditions),
        lambda facts: all(part.holds(facts) for part in conditions),
        _compares(conditions),
        assumes,
        "all",
        conditions,
    )


def any_of(*conditions: Condition) -> Condition:
    """Hold when at least one part holds; the first that does says what was assumed."""

    def assumes(facts: Facts) -> Assumptions:
        return next((part.assumes(facts) for part in conditions if part.holds(facts)), {})

    return Condition(
        "(" + ", or ".join(part.words for part in conditions) + ")",
        _reads(conditions),
        lambda facts: any(part.holds(facts) for part in conditions),
        _compares(conditions),
        assumes,
        "any",
        conditions,
    )


def unless(condition: Condition) -> Condition:
    """Hold when the part does not."""
    return Condition(
        f"not ({condition.words})",
        condition.reads,
        lambda facts: not condition.holds(facts),
        condition.compares,
        join="not",
        parts=(condition,),
    )


ALWAYS = Condition("", frozenset(), lambda _facts: True)


def _reads(conditions: tuple[Condition, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(part.reads for part in conditions))


def _compares(conditions: tuple[Condition, ...]) -> tuple[Threshold, ...]:
    return tuple(threshold for part in conditions for threshold in part.compares)


SOMETHING_IS_WRONG = Condition(
    "something is said to be wrong", frozenset({"gap", "failure_mode"}), is_complaint
)
"""A gap that only follows from the kind of task is no complaint."""


@cache
def _is_wrong_with(*gaps: str) -> Condition:
    return Condition(
        "",
        frozenset({"gap", "failure_mode"}),
        lambda facts: (facts.gap or GAP_OF_FAILURE.get(facts.failure_mode or "")) in gaps,
    )


def gap_is(*gaps: str) -> Condition:
    """Hold when the gap, stated or implied, is one of these."""
    if strangers := set(gaps) - set(choices_of("gap")):
        raise ValueError(f"gap is never {', '.join(sorted(strangers))}")
    goals = tuple(goal for goal, gap in GAP_OF_GOAL.items() if gap in gaps)
    stated = _is_wrong_with(*gaps)
    implied = all_of(unless(SOMETHING_IS_WRONG), is_in("goal_kind", *goals)) if goals else None
    return replace(any_of(stated, implied) if implied else stated, words=f"the gap is {' or '.join(gaps)}")


LABELS_ON_DEMAND = 1_000
"""What "we can label as many as we need" is taken to mean: enough for every threshold on labels."""


def labels_reach(threshold: Threshold) -> Condition:
    """Hold when counted examples, at hand or to be had, are sure to reach a threshold."""
    if threshold.value > LABELS_ON_DEMAND:
        raise ValueError(f"labels on demand stand for {LABELS_ON_DEMAND}, fewer than {threshold.id}")
    return replace(
        any_of(reaches("examples_n", threshold), is_true("labels_on_demand")),
        words=f"reviewed examples, at hand or on demand, at least {threshold.value:,}",
    )


UNCOUNTED_EXAMPLES = replace(
    all_of(
        unless(is_known("examples_n")),
        any_of(is_true("examples_at_hand"), is_in("data_quality", "curated", "mixed")),
    ),
    words="examples of their own, not counted",
)


def examples_reach(threshold: Threshold) -> Condition:
    """Hold when examples reach a threshold, taking uncounted ones for a comfortable number, visibly."""
    assumed: Assumptions = {"examples_n": Range(min=COMFORT.value)}
    uncounted = replace(UNCOUNTED_EXAMPLES, assumes=lambda _facts: assumed)
    return replace(
        any_of(labels_reach(threshold), uncounted),
        words=f"examples, counted or not, at least {threshold.value:,}",
    )
