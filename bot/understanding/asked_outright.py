"""What is asked outright after a recommendation: "do we train now or not?", "ship it?", "is it enough?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Outright = Literal[
    "",
    "train",
    "preference",
    "distil",
    "classifier",
    "retrieval",
    "cache",
    "schema_tools",
    "model",
    "few_shot",
    "prompt",
    "ship",
    "go",
    "enough",
    "change",
]
"""Whether to take a way that we advise on, to put it live or leave it, to go ahead with what stands, whether
an amount suffices, and whether what they tell changes the advice. "" where no verdict is asked for.
"""

OUTRIGHT: tuple[Outright, ...] = tuple(one for one in get_args(Outright) if one)

_SURE = 0.4
"""From here on it is taken to be asked: a verdict that nobody asked for is a line too many."""


def hear_outright(likely: Mapping[str, float]) -> Outright:
    """Return which verdict is asked for; `likely` is how likely the learned reader holds each."""
    kind: Outright = max(OUTRIGHT, key=lambda one: likely.get(one, 0.0))
    return kind if likely.get(kind, 0.0) >= _SURE else ""
