"""What may be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    """One sentence that is true of this answer; plain, without marks."""

    text: str
    hangs_on: frozenset[int] = frozenset()
    """The facts, by number, that may be put before it as what it follows from."""
    is_ours: bool = True
    """Whether it is one of our reasons, which is said in any case."""


@dataclass(frozen=True)
class Grounds:
    """The points by number, in the order in which they stand, and what the person stated, by number."""

    points: Mapping[int, Point]
    facts: Mapping[int, str] = field(default_factory=dict)
