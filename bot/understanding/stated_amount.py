"""What one number of a message states."""

from __future__ import annotations

from dataclasses import dataclass

from bot.decision.facts import FactValue


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """What one quantity states."""

    index: int
    role: str
    value: FactValue
    share: float
