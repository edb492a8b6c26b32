"""What makes a case harder, whatever was advised: "orthopaedics rejects it", "who built it leaves in May"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Complication = Literal["", "part", "drift", "noise", "harm", "tradeoff", "handover", "made_up", "privacy"]
"""One kind of case goes worse than the rest; it was good and became worse; a score may be luck; few but
grave mistakes; fewer mistakes of one kind for more of another; who knows it leaves; examples that a model
wrote; and what was trained on may come out again.
"""

COMPLICATIONS: tuple[Complication, ...] = tuple(one for one in get_args(Complication) if one)
_SURE = 0.6
"""From here on it is taken up. What is said to it is true of any case, but too much where it is none."""


def hear_complication(likely: Mapping[str, float]) -> Complication:
    """Return which one a message brings; `likely` is how likely the learned reader holds each."""
    kind: Complication = max(COMPLICATIONS, key=lambda one: likely.get(one, 0.0))
    return kind if likely.get(kind, 0.0) >= _SURE else ""
