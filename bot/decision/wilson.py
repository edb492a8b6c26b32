"""Between which bounds a share lies that was counted on so many cases: Wilson's score interval.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
"""

from __future__ import annotations

import math

from bot.decision.facts import Facts, lowest
from bot.decision.wording import percent

NINETEEN_IN_TWENTY = 1.96
"""Standard deviations on each side within which so many lie."""


def wilson_bounds(share: float, cases: int, z: float) -> tuple[float, float]:
    """Return the lower and the upper bound; `z` is how many standard deviations lie inside on each side.

    Raises ValueError where nothing was counted.
    """
    if cases <= 0:
        raise ValueError("a share of no cases has no bounds")
    middle = share + z**2 / (2 * cases)
    spread = z * math.sqrt(share * (1 - share) / cases + z**2 / (4 * cases**2))
    whole = 1 + z**2 / cases
    return (middle - spread) / whole, (middle + spread) / whole


def bounds_of(facts: Facts) -> tuple[float, float] | None:
    """Return the bounds of today's score; None where the score or the number of test cases is not known."""
    cases = lowest(facts.eval_set_n)
    if facts.baseline_score is None or not cases:
        return None
    return wilson_bounds(facts.baseline_score, cases, NINETEEN_IN_TWENTY)


def tell_bounds(facts: Facts) -> str:
    """Return them as a sentence; "" where they are not known."""
    bounds = bounds_of(facts)
    if bounds is None or facts.baseline_score is None:
        return ""
    score, cases = percent(facts.baseline_score), lowest(facts.eval_set_n)
    return f"Counted on {cases} cases, {score} may be anything from {bounds[0]:.0%} to {bounds[1]:.0%}."
