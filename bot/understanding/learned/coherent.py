"""The reading of a message that makes sense as a whole, where single clauses leave it in doubt.

Each fact is judged by itself, from the words that state it. Where two readings are about as likely, what the
message as a whole is like tells which of them fits: one head has learned which advice experienced people gave
to messages like it. Of the outcomes that the words allow, the one is taken on which words and advice agree
best, and with it the likeliest reading that leads there. The advice never answers anybody: it only weighs
readings, and the policy decides on what was read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from bot.decision.compiled import POLICY
from bot.decision.facts import Facts, FactValue
from bot.decision.options import Option

ADVICE_COUNTS = 1.2
"""How much the advice weighs beside the words, if readings lead to all of it; 1 to 2 are alike."""
LEAST_LIKELY = 0.1
"""A reading less likely than this is none that the words allow."""
_UNHEARD_OF = 1e-3
"""The share of an advice that was never given in messages like it."""
_MOST_READINGS = 256
"""So many of the likeliest readings are weighed; 64 to 1,024 are alike."""
_SHARPNESS = 2.0
"""At 1 all readings of an outcome add up; the greater, the more its likeliest counts. 1.4 to 3 are alike."""


@dataclass(frozen=True)
class Doubt:
    """One fact with the values that the words allow; `needed` is the share from which a value is stated."""

    shares: Mapping[FactValue, float]
    needed: float

    def evidence(self, value: FactValue | None) -> float:
        """Return the log-odds of a value against saying nothing, which counts nought."""
        return 0.0 if value is None else math.log(self.shares[value] / self.needed)


def most_coherent(
    doubts: Mapping[str, Doubt], known: Facts, advice: Mapping[str, float]
) -> dict[str, FactValue | None]:
    """Return for each fact in doubt the value to read, or None; `advice` holds a share for each outcome.

    Many readings lead to few outcomes. The outcome is taken that the likeliest readings and the advice
    support best together, and of the readings that lead there the likeliest.
    """
    readings = _likeliest(doubts)
    by_outcome: dict[Option, list[_Reading]] = {}
    for reading in readings:
        outcome = POLICY.decide(known.model_copy(update=reading.values))
        by_outcome.setdefault(outcome, []).append(reading)
    plainest = next(iter(by_outcome))  # the outcome of the likeliest reading, which comes first
    shares = _without_haste_to_ask(advice, plainest)
    # What is mostly advised where no reading leads says little of those where one does.
    counts = ADVICE_COUNTS * min(1.0, sum(shares.get(outcome, 0.0) for outcome in by_outcome))

    def support(outcome: Option) -> float:
        heard = math.log(sum(math.exp(_SHARPNESS * one.evidence) for one in by_outcome[outcome])) / _SHARPNESS
        return heard + counts * math.log(shares.get(outcome, 0.0) + _UNHEARD_OF)

    return by_outcome[max(by_outcome, key=support)][0].values


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value or None for each fact, and the log-odds of all of them against saying nothing."""

    evidence: float
    values: dict[str, FactValue | None]


def _likeliest(doubts: Mapping[str, Doubt]) -> list[_Reading]:
    """Return the likeliest readings, the likeliest first. No other is likelier than any of them."""
    readings = [_Reading(0.0, {})]
    for fact, doubt in doubts.items():
        longer = (
            _Reading(one.evidence + doubt.evidence(value), {**one.values, fact: value})
            for one in readings
            for value in (None, *doubt.shares)
        )
        # Facts are judged apart, so whatever begins a likeliest reading is among the likeliest beginnings.
        readings = nlargest(_MOST_READINGS, longer, key=lambda one: one.evidence)
    return readings


def _without_haste_to_ask(advice: Mapping[str, float], plainest: Option) -> dict[str, float]:
    """Return the advice with asking no likelier than the outcome of what the words most plainly say.

    Short messages are mostly answered by a question; that is no reason to leave unread what one of them says.
    """
    most = advice.get(plainest, 0.0)
    return {option: min(share, most) if option == Option.ASK else share for option, share in advice.items()}
