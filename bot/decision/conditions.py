"""The little language that rules are written in.

A condition says whether it holds for given facts, which facts it reads, and itself in words. Because rules
are data, the same table gives the outcome, the trace, the questions worth asking and the flips. A claim about
an unknown fact does not hold; where unknown should count as a no, `is_not_true` says so and records it as an
assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.decision.facts import (
    FACT_NAMES,
    Facts,
    FactValue,
    Range,
    choices_of,
    lowest,
    surely_at_least,
    surely_below,
    title_of,
)
from bot.decision.implied import GAP_FACTS, gap_of, is_complaint
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
    cuts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """For each amount that it reads, the least values of the stretches that it tells apart."""
    assumes: Callable[[Facts], Assumptions] = _nothing

    def __post_init__(self) -> None:
        """Refuse a rule about a fact that does not exist."""
        if strangers := self.reads - set(FACT_NAMES):
            raise ValueError(f"no such fact: {', '.join(sorted(strangers))}")


def is_in(fact: str, *values: str) -> Condition:
    """Hold when a fact with a closed vocabulary is known to have one of these values."""
    if strangers := set(values) - set(choices_of(fact)):
        raise ValueError(f"{fact} is never {', '.join(sorted(strangers))}")
    allowed = frozenset(values)
    words = f"{title_of(fact)} is {' or '.join(values)}"
    return Condition(words, frozenset({fact}), lambda facts: getattr(facts, fact) in allowed)


def is_true(fact: str) -> Condition:
    """Hold when a yes/no fact is known to be so."""
    return Condition(f"{title_of(fact)}: yes", frozenset({fact}), lambda facts: getattr(facts, fact) is True)


def is_false(fact: str) -> Condition:
    """Hold when a yes/no fact is known not to be so."""
    return Condition(f"{title_of(fact)}: no", frozenset({fact}), lambda facts: getattr(facts, fact) is False)


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


def is_known(fact: str) -> Condition:
    """Hold when something is known about a fact; the word "unknown" is not knowledge."""
    return Condition(
        f"{title_of(fact)} is known",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) not in (None, "unknown", ()),
    )


def is_some(fact: str) -> Condition:
    """Hold when an amount is known to be more than nothing."""
    return Condition(
        f"{title_of(fact)}: some",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), 1),
        cuts={fact: frozenset({1})},
    )


def is_zero(fact: str) -> Condition:
    """Hold when a number is known to be nought."""
    return Condition(
        f"{title_of(fact)} is 0",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) in (0, Range(min=0, max=0), Range(max=0)),
        cuts={fact: frozenset({1})},
    )


def reaches(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure to reach a threshold."""
    return Condition(
        f"{title_of(fact)} at least {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), threshold.value),
        (threshold,),
        {fact: frozenset({threshold.value})},
    )


def misses(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is known to fall short of a threshold."""
    return Condition(
        f"{title_of(fact)} under {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value),
        (threshold,),
        {fact: frozenset({threshold.value})},
    )


def fits(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure not to exceed a threshold."""
    return Condition(
        f"{title_of(fact)} at most {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value + 1),
        (threshold,),
        {fact: frozenset({threshold.value + 1})},
    )


def all_of(*conditions: Condition) -> Condition:
    """Hold when every part holds."""

    def assumes(facts: Facts) -> Assumptions:
        return {fact: value for part in conditions for fact, value in part.assumes(facts).items()}

    return Condition(
        "; ".join(part.words for part in conditions if part.words),
        _reads(conditions),
        lambda facts: all(part.holds(facts) for part in conditions),
        _compares(conditions),
        _cuts(conditions),
        assumes,
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
        _cuts(conditions),
        assumes,
    )


def unless(condition: Condition) -> Condition:
    """Hold when the part does not."""
    return Condition(
        f"not ({condition.words})",
        condition.reads,
        lambda facts: not condition.holds(facts),
        condition.compares,
        condition.cuts,
    )


ALWAYS = Condition("", frozenset(), lambda _facts: True)


def _reads(conditions: tuple[Condition, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(part.reads for part in conditions))


def _compares(conditions: tuple[Condition, ...]) -> tuple[Threshold, ...]:
    return tuple(threshold for part in conditions for threshold in part.compares)


def _cuts(conditions: tuple[Condition, ...]) -> Mapping[str, frozenset[int]]:
    cuts: dict[str, frozenset[int]] = {}
    for part in conditions:
        for fact, values in part.cuts.items():
            cuts[fact] = cuts.get(fact, frozenset()) | values
    return cuts


def gap_is(*gaps: str) -> Condition:
    """Hold when the gap, stated or implied, is one of these."""
    if strangers := set(gaps) - set(choices_of("gap")):
        raise ValueError(f"gap is never {', '.join(sorted(strangers))}")
    return Condition(f"the gap is {' or '.join(gaps)}", GAP_FACTS, lambda facts: gap_of(facts) in gaps)


SOMETHING_IS_WRONG = Condition(
    "something is said to be wrong", frozenset({"gap", "failure_mode"}), is_complaint
)
"""A gap that only follows from the kind of task is no complaint."""

LABELS_ON_DEMAND = 1_000
"""What "we can label as many as we need" is taken to mean: enough for every threshold on labels."""


def labels_in(facts: Facts) -> int:
    """Return how many reviewed examples they are known to have, or can have."""
    return max(lowest(facts.examples_n), LABELS_ON_DEMAND if facts.labels_on_demand else 0)


def labels_reach(threshold: Threshold) -> Condition:
    """Hold when counted examples, at hand or to be had, are sure to reach a threshold."""
    return Condition(
        f"reviewed examples, at hand or on demand, at least {threshold.value:,}",
        frozenset({"examples_n", "labels_on_demand"}),
        lambda facts: labels_in(facts) >= threshold.value,
        (threshold,),
        {"examples_n": frozenset({threshold.value})},
    )


def has_uncounted_examples(facts: Facts) -> bool:
    """Say whether examples are known to exist though nobody said how many."""
    return facts.examples_n is None and (
        facts.examples_at_hand is True or facts.data_quality in ("curated", "mixed")
    )


UNCOUNTED_EXAMPLES = Condition(
    "examples of their own, not counted",
    frozenset({"examples_n", "examples_at_hand", "data_quality"}),
    has_uncounted_examples,
)


def examples_reach(threshold: Threshold) -> Condition:
    """Hold when examples reach a threshold, taking uncounted ones for a comfortable number, visibly."""
    counted = labels_reach(threshold)
    return Condition(
        f"examples, counted or not, at least {threshold.value:,}",
        counted.reads | UNCOUNTED_EXAMPLES.reads,
        lambda facts: counted.holds(facts) or has_uncounted_examples(facts),
        counted.compares,
        counted.cuts,
        lambda facts: {} if counted.holds(facts) else {"examples_n": Range(min=COMFORT.value)},
    )
