"""What somebody wants of us with what they say after a recommendation."""

from __future__ import annotations

from typing import Literal, get_args

Rejoinder = Literal["", "why", "flips", "summary", "next", "amount", "cost", "time", "risks", "upkeep"]
"""They doubt it or ask for reasons; what would change it; for it in short; what to do; how many examples it
takes, what it costs, and how long; what can go wrong; and what it takes once it runs.
"""

Wanted = Literal[
    "",
    "why",
    "flips",
    "summary",
    "next",
    "amount",
    "cost",
    "time",
    "risks",
    "upkeep",
    "supposed",
    "term",
    "again",
    "new",
    "thanks",
    "aside",
]
"""Besides: what the advice were if something were so; what a term means; the advice as it stands now; advice
on another case; nothing more, thanks; and what is said among people.
"""

REJOINDERS: frozenset[str] = frozenset(get_args(Rejoinder)) - {""}
KINDS: tuple[Wanted, ...] = tuple(one for one in get_args(Wanted) if one)
