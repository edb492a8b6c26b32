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
from bot.decision.thresholds import Threshold


@dataclass(frozen=True)
class Condition:
    """A claim about facts, with the thresholds it uses and what it takes unknown facts for."""

    words: str
    reads: frozenset[str]
    holds: Callable[[Facts], bool]
    compares: tuple[Threshold, ...] = ()
    assumes: Mapping[str, FactValue] = field(default_factory=dict)

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
        assumes={fact: False},
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
    )


def reaches(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure to reach a threshold."""
    return Condition(
        f"{title_of(fact)} at least {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), threshold.value),
        (threshold,),
    )


def misses(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is known to fall short of a threshold."""
    return Condition(
        f"{title_of(fact)} under {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value),
        (threshold,),
    )


def fits(fact: str, threshold: Threshold) -> Condition:
    """Hold when an amount is sure not to exceed a threshold."""
    return Condition(
        f"{title_of(fact)} at most {threshold.value:,}",
        frozenset({fact}),
        lambda facts: surely_below(getattr(facts, fact), threshold.value + 1),
        (threshold,),
    )


def is_zero(fact: str) -> Condition:
    """Hold when a number is known to be nought."""
    return Condition(
        f"{title_of(fact)} is 0",
        frozenset({fact}),
        lambda facts: getattr(facts, fact) in (0, Range(min=0, max=0), Range(max=0)),
    )


def all_of(*conditions: Condition) -> Condition:
    """Hold when every part holds."""
    return Condition(
        "; ".join(part.words for part in conditions if part.words),
        frozenset().union(*(part.reads for part in conditions)),
        lambda facts: all(part.holds(facts) for part in conditions),
        tuple(threshold for part in conditions for threshold in part.compares),
        {fact: value for part in conditions for fact, value in part.assumes.items()},
    )


def any_of(*conditions: Condition) -> Condition:
    """Hold when at least one part holds."""
    return Condition(
        "(" + ", or ".join(part.words for part in conditions) + ")",
        frozenset().union(*(part.reads for part in conditions)),
        lambda facts: any(part.holds(facts) for part in conditions),
        tuple(threshold for part in conditions for threshold in part.compares),
    )


def unless(condition: Condition) -> Condition:
    """Hold when the part does not."""
    return Condition(
        f"not ({condition.words})",
        condition.reads,
        lambda facts: not condition.holds(facts),
        condition.compares,
    )


ALWAYS = Condition("", frozenset(), lambda _facts: True)


GAP_OF_FAILURE: dict[str, str] = {
    "retrieval_miss": "knowledge",
    "wrong_facts": "knowledge",
    "wrong_use_of_context": "both",
    "ignores_instructions": "behaviour",
    "inconsistent_style": "behaviour",
    "unsafe": "behaviour",
    "invalid_format": "format",
    "weak_reasoning": "capability",
    "too_slow": "cost_latency",
    "too_expensive": "cost_latency",
}
GAP_OF_GOAL: dict[str, str] = {
    "knowledge_qa": "knowledge",
    "style_tone": "behaviour",
    "format": "format",
    "tool_use": "interface",
    "cost_latency": "cost_latency",
}


def gap_of(facts: Facts) -> str | None:
    """Return what is missing: as stated, else as the failure implies, else as the task implies."""
    return facts.gap or GAP_OF_FAILURE.get(facts.failure_mode or "") or GAP_OF_GOAL.get(facts.goal_kind or "")


GAP_FACTS = frozenset({"gap", "failure_mode", "goal_kind"})


def gap_is(*gaps: str) -> Condition:
    """Hold when the gap, stated or implied, is one of these."""
    if strangers := set(gaps) - set(choices_of("gap")):
        raise ValueError(f"gap is never {', '.join(sorted(strangers))}")
    return Condition(f"the gap is {' or '.join(gaps)}", GAP_FACTS, lambda facts: gap_of(facts) in gaps)


LABELS_ON_DEMAND = 1_000
"""What "we can label as many as we need" is taken to mean: enough for every threshold on labels."""


def labels_in(facts: Facts) -> int:
    """Return how many reviewed examples they have or can have."""
    return max(lowest(facts.examples_n), LABELS_ON_DEMAND if facts.labels_on_demand else 0)


def labels_reach(threshold: Threshold) -> Condition:
    """Hold when reviewed examples, at hand or to be had, are sure to reach a threshold."""
    return Condition(
        f"reviewed examples, at hand or on demand, at least {threshold.value:,}",
        frozenset({"examples_n", "labels_on_demand"}),
        lambda facts: labels_in(facts) >= threshold.value,
        (threshold,),
    )
