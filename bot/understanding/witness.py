"""A second reader: what a language model read in the same message, and how much its word weighs.

A witness decides nothing: it makes a reading likelier, by as much as the model has earned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.decision.facts import AMOUNT_FACTS, FACT_NAMES, FactValue

SCORE_FACTS = frozenset({"baseline_score", "target_score"})
NUMBER_FACTS = AMOUNT_FACTS | SCORE_FACTS
_GROUPS: Mapping[str, frozenset[str]] = {
    "task": frozenset({"goal_kind", "asks"}),
    "trouble": frozenset({"gap", "failure_mode"}),
    "numbers": NUMBER_FACTS,
    "steps": frozenset(
        fact
        for fact in FACT_NAMES
        if fact.startswith("tried_") or fact in ("teacher_ok", "small_model_ok", "satisfied")
    ),
}
GROUPS: tuple[str, ...] = (*_GROUPS, "rest")
"""Kinds of facts that models read about equally well."""

NOT_COUNTED = 1.0
"""The weight of a word that proves nothing."""
LEAST_SHARE = 0.02
"""How likely a reading is, before the witness is heard, of which our own models saw no sign."""


def group_of(fact: str) -> str:
    """Return the kind of a fact."""
    return next((group for group, facts in _GROUPS.items() if fact in facts), "rest")


@dataclass(frozen=True, slots=True)
class Trust:
    """How much a model's word weighs, and its silence, by kind of fact: factors of the odds.

    Measured by `bot.exam`. A model that was never examined, or that guesses, has 1 everywhere.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    silences: Mapping[str, float] = field(default_factory=dict)

    def weight(self, fact: str) -> float:
        """Return the factor for a fact that it reads, 1 or more."""
        return max(NOT_COUNTED, self.weights.get(group_of(fact), NOT_COUNTED))

    def silence(self, fact: str) -> float:
        """Return the factor for a fact that it does not read, 1 or less."""
        return min(NOT_COUNTED, self.silences.get(group_of(fact), NOT_COUNTED))

    @property
    def counts(self) -> bool:
        """Say whether its word counts for any kind of fact."""
        return any(weight > NOT_COUNTED for weight in self.weights.values())


NO_TRUST = Trust()


def raised(share: float, factor: float) -> float:
    """Return a probability whose odds are multiplied by a factor."""
    odds = share * factor
    return odds / (odds + 1 - share) if share < 1 else share


@dataclass(frozen=True, slots=True)
class Witness:
    """One fact that the model read, in our own terms, and where it stands in the plain form."""

    fact: str
    value: FactValue
    start: int
    end: int
    weight: float = NOT_COUNTED

    def raised(self, share: float) -> float:
        """Return a probability after the witness was heard."""
        return raised(max(share, LEAST_SHARE), self.weight)


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that a model read in one message, and what it passed over in silence: factors below 1, by fact."""

    witnesses: tuple[Witness, ...] = ()
    silence: Mapping[str, float] = field(default_factory=dict)

    @property
    def by_fact(self) -> dict[str, Witness]:
        """Return the witness of each fact that was read."""
        return {one.fact: one for one in self.witnesses}


NO_TESTIMONY = Testimony()
