"""The readiness: what must hold before money is spent on a direction.

A requirement that is known to fail decides what to do first; one that is unknown becomes a condition on the
answer. Gates are tested in order and the first known failure counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.decision.conditions import is_known
from bot.decision.facts import Facts
from bot.decision.gates import Confirmation, Gate
from bot.decision.options import Option
from bot.decision.policy.gates import GATES


def confirmable(conditions: Collection[str]) -> tuple[Gate, ...]:
    """Return the gates behind these conditions that one tap can settle, in order."""
    return tuple(gate for gate in GATES if gate.confirmation and gate.condition in conditions)


def confirmation_of(gate_id: str) -> Confirmation | None:
    """Return what a tap under a gate's condition says, or None when there is no such tap."""
    return next((gate.confirmation for gate in GATES if gate.id == gate_id), None)


@dataclass(frozen=True)
class Readiness:
    """What the gates say about a direction. `tested` holds (gate id, known to fail) in order."""

    failed: Gate | None
    conditions: tuple[str, ...]
    tested: tuple[tuple[str, bool], ...]


def check_readiness(facts: Facts, direction: Option) -> Readiness:
    """Test every gate of a direction; conditions are collected only when none is known to fail."""
    tested: list[tuple[str, bool]] = []
    conditions: list[str] = []
    for gate in GATES:
        if direction not in gate.applies_to:
            continue
        fails = gate.fails_when.holds(facts)
        tested.append((gate.id, fails))
        if fails:
            return Readiness(gate, (), tuple(tested))
        if gate.condition and not any(is_known(fact).holds(facts) for fact in gate.unless_known):
            conditions.append(gate.condition)
    return Readiness(None, tuple(conditions), tuple(tested))
