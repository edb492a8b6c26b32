"""A fact found in a stretch of a message, before it becomes a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.decision.facts import FactValue


@dataclass(frozen=True, slots=True)
class Found:
    """One fact and where it stands in the plain form. `value` None: they said that they do not know."""

    fact: str
    value: FactValue | None
    start: int
    end: int
    source: Literal["stated", "inferred"] = "stated"
    is_disputed: bool = False
    """Another reading of the same words stands beside it: whoever said them is asked which it is."""
