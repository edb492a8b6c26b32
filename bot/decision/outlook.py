"""How likely each direction is, once everything is known: exact, by following the rules over the unknown.

The rules are tested in order. When one asks for a fact that nobody has stated, every value of that fact is
followed with its prior as weight. What the remaining rules do not read is forgotten on the way, so that equal
situations are followed once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.decision.facts import Facts
from bot.decision.implied import GAP_OF_FAILURE, gap_of
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.decision.priors import FAILURES_OF_GAP, PRIORS, Weights

Outlook = Mapping[Option, float]
"""Probability of each direction that can still be reached; sums to one, likeliest first."""

LIKELY = 0.7
LEANING = 0.4


def in_words(probability: float | None) -> str:
    """Return how likely, in one word; people read no percentages that rest on house estimates."""
    if probability is None or probability < LEANING:
        return "open"
    return "likely" if probability >= LIKELY else "leaning"


_RULES = tuple(rule for rule in RULES if rule.option is not Option.ASK)
"""Not to know is no direction: the rules that only ask are passed over."""

_READ_FROM: tuple[frozenset[str], ...] = tuple(
    frozenset[str]().union(*(rule.when.reads for rule in _RULES[start:])) for start in range(len(_RULES))
)
"""For each rule, the facts that it or a later one reads."""

_Assigned = frozenset[tuple[str, str | int | float | bool | None]]


class _Unknown(Exception):
    def __init__(self, fact: str) -> None:
        self.fact = fact


class _Imagined:
    """Facts with values imagined for some of the unknown ones; asking for any other unknown one raises."""

    def __init__(self, facts: Facts, assigned: Mapping[str, Any]) -> None:
        self._facts = facts
        self._assigned = assigned

    def __getattr__(self, fact: str) -> Any:
        if fact in self._assigned:
            return self._assigned[fact]
        value = getattr(self._facts, fact)
        if value is None and (fact in PRIORS or fact == "failure_mode"):
            raise _Unknown(fact)
        return value


@lru_cache(maxsize=1_000)
def outlook(facts: Facts) -> Outlook:
    """Return the probability of every direction, given what is known; do not change what is returned.

    Kept for facts seen before: from nothing known the rules branch widely, and everybody starts there.
    """
    start: _Assigned = frozenset()
    if facts.gap is None and gap_of(facts):
        # What only the task implies is no complaint: rules that ask for one must not see any.
        stated = GAP_OF_FAILURE.get(facts.failure_mode or "")
        start = frozenset({("gap", stated)} if stated else {("gap", None), ("failure_mode", None)})
    weighed = _Search(facts).follow(0, start)
    return dict(sorted(weighed.items(), key=lambda item: (-item[1], item[0])))


class _Search:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._seen: dict[tuple[int, _Assigned], dict[Option, float]] = {}

    def follow(self, first: int, assigned: _Assigned) -> dict[Option, float]:
        """Return the outlook from rule `first` on, no earlier one having fired."""
        needed = frozenset(pair for pair in assigned if pair[0] in _READ_FROM[first])
        if (first, needed) not in self._seen:
            self._seen[first, needed] = self._follow(first, needed)
        return self._seen[first, needed]

    def _follow(self, first: int, assigned: _Assigned) -> dict[Option, float]:
        imagined: Any = _Imagined(self._facts, dict(assigned))
        for number, rule in enumerate(_RULES[first:], start=first):
            try:
                fires = rule.when.holds(imagined)
            except _Unknown as unknown:
                return self._branch(number, assigned, unknown.fact)
            if fires:
                return {rule.option: 1.0}
        raise AssertionError("the last rule always holds")

    def _branch(self, number: int, assigned: _Assigned, fact: str) -> dict[Option, float]:
        total: dict[Option, float] = {}
        for value, weight in self._weights(fact, dict(assigned)).items():
            for option, share in self.follow(number, assigned | {(fact, value)}).items():
                total[option] = total.get(option, 0.0) + weight * share
        return total

    def _weights(self, fact: str, assigned: Mapping[str, Any]) -> Weights:
        if fact != "failure_mode":
            return PRIORS[fact]
        gap = assigned.get("gap", self._facts.gap)
        return FAILURES_OF_GAP[gap] if gap else {None: 1.0}
