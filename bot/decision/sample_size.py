"""How many test cases tell today's score from the one that is needed.

J. L. Fleiss, B. Levin and M. C. Paik, "Statistical Methods for Rates and Proportions", 2003, chapter 2: one
share against a fixed one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.decision.facts import Facts
from bot.decision.wilson import NINETEEN_IN_TWENTY
from bot.decision.wording import percent

_POWER = 0.84
"""Standard deviations: one that is there is seen four times in five."""


def cases_to_tell(score: float, from_: float) -> int:
    """Return how many cases it takes to tell one share from another, both between 0 and 1.

    Raises ValueError where they are the same.
    """
    if score == from_:
        raise ValueError("no number of cases tells a share from itself")
    spread = NINETEEN_IN_TWENTY * math.sqrt(from_ * (1 - from_)) + _POWER * math.sqrt(score * (1 - score))
    return max(1, math.ceil((spread / (score - from_)) ** 2))


@dataclass(frozen=True)
class CasesNeeded:
    """So many test cases tell two scores apart."""

    cases: int
    apart: str
    """The two scores as "84% from 90%"."""


def cases_needed(facts: Facts) -> CasesNeeded | None:
    """Return how many tell today's score from the one that is needed; None where they are not both known."""
    score, target = facts.baseline_score, facts.target_score
    if score is None or target is None or score == target:
        return None
    return CasesNeeded(cases_to_tell(score, target), f"{percent(score)} from {percent(target)}")
