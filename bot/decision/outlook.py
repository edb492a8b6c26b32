"""How likely each direction is, once everything is known: exact, by following the rules over the unknown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.decision.chances import chances
from bot.decision.compiled import DIRECTION
from bot.decision.facts import Facts
from bot.decision.options import Option

Outlook = Mapping[Option, float]
"""Probability of each direction that can still be reached; sums to one, likeliest first."""

LIKELY = 0.7
LEANING = 0.4


def in_words(probability: float | None) -> str:
    """Return how likely, in one word; people read no percentages that rest on estimates."""
    if probability is None or probability < LEANING:
        return "open"
    return "likely" if probability >= LIKELY else "leaning"


@lru_cache(maxsize=1_000)
def outlook(facts: Facts) -> Outlook:
    """Return the probability of every direction, given what is known; do not change what is returned."""
    spread = DIRECTION.spread(facts, chances(facts), 1.0)
    return dict(sorted(spread.items(), key=lambda item: (-item[1], item[0])))
