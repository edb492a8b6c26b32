"""What an answer hangs on: facts without which it would be another.

So "you said this, therefore that" may be told of these facts, and is true of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.decision.facts import Facts
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.recommendation import recommend


@dataclass(frozen=True)
class Bearing:
    """The facts that the direction hangs on, and those that the requirement in its way hangs on."""

    rule: frozenset[str]
    gate: frozenset[str]


def find_bearing(facts: Facts, names: Iterable[str]) -> Bearing:
    """Return which of these known facts the answer hangs on, each taken alone."""
    now = recommend(facts)
    reads_of_gate = now.gate.fails_when.reads if now.gate else frozenset()
    rule: set[str] = set()
    gate: set[str] = set()
    for name in names:
        without = recommend(facts.model_copy(update=dict.fromkeys(_said_with(name, facts))))
        if without.rule != now.rule and name in now.rule.when.reads:
            rule.add(name)
        if without.gate != now.gate and name in reads_of_gate:
            gate.add(name)
    return Bearing(frozenset(rule), frozenset(gate))


def _said_with(name: str, facts: Facts) -> tuple[str, ...]:
    """Return the facts that are unknown without this one: how it fails says what is missing, too."""
    if name in ("failure_mode", "gap") and GAP_OF_FAILURE.get(facts.failure_mode or "") == facts.gap:
        return ("failure_mode", "gap")
    return (name,)
