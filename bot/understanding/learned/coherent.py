"""The reading of a message that makes sense as a whole, where single clauses leave it in doubt.

Each fact is judged by itself, from the words that state it. Where two readings are about as likely, what the
message as a whole is like tells which of them fits: one head has learned which advice experienced people gave
to messages like it. Of all readings that the words allow, the one is taken under which words and advice agree
best. The advice never answers anybody: it only weighs readings, and the policy decides on what was read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.decision.compiled import POLICY
from bot.decision.facts import Facts, FactValue
from bot.decision.options import Option

ADVICE_COUNTS = 0.75
"""How much the advice weighs beside the words; 0.3 to 1 are alike, measured on situations left out."""
LEAST_LIKELY = 0.1
"""A reading less likely than this is none that the words allow."""
_UNHEARD_OF = 1e-3
"""The share of an advice that was never given in messages like it."""
_MOST_ROUNDS = 4


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

    Begins with what each fact says by itself and changes one at a time while that makes more sense.
    """
    reading: dict[str, FactValue | None] = {
        fact: max((None, *doubt.shares), key=doubt.evidence) for fact, doubt in doubts.items()
    }

    advice = _without_haste_to_ask(advice)

    def sense(reading: dict[str, FactValue | None]) -> float:
        option = POLICY.decide(known.model_copy(update=reading))
        words = sum(doubts[fact].evidence(value) for fact, value in reading.items())
        return words + ADVICE_COUNTS * math.log(advice.get(option, 0.0) + _UNHEARD_OF)

    best = sense(reading)
    for _ in range(_MOST_ROUNDS):
        before = best
        for fact, doubt in doubts.items():
            for value in (None, *doubt.shares):
                other = {**reading, fact: value}
                if (new := sense(other)) > best:
                    best, reading = new, other
        if best == before:
            break
    return reading


def _without_haste_to_ask(advice: Mapping[str, float]) -> dict[str, float]:
    """Return the advice with asking no likelier than what is likeliest else.

    Short messages are mostly answered by a question; that is no reason to leave unread what one of them says.
    """
    likeliest = max((share for option, share in advice.items() if option != Option.ASK), default=0.0)
    return {
        option: min(share, likeliest) if option == Option.ASK else share for option, share in advice.items()
    }
