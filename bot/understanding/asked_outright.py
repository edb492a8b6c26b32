"""What is asked outright after a recommendation: "do we train now or not?", "ship it?", "is it enough?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from bot.understanding.message import Message

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


_LIVE = re.compile(
    r"\b(?:ship (?:it|this|that|them)|go(?:ing)? live|roll (?:it |this )?out|(?:release|deploy) (?:it|this)|"
    r"(?:put|take|bring|get|push) (?:it |this |that |them |the \w+ )?(?:live|(?:in|into) production)|"
    r"(?:switch|turn) (?:it|this) on)\b"
)
"""To put it live, in so many words: beside news of a training it was taken for a question about that."""


def hear_outright(message: Message, likely: Mapping[str, float]) -> Outright:
    """Return which verdict is asked for; `likely` is how likely the learned reader holds each."""
    kind: Outright = max(OUTRIGHT, key=lambda one: likely.get(one, 0.0))
    if likely.get(kind, 0.0) < _SURE:
        return ""
    return "ship" if _asks_to_go_live(message) else kind


def _asks_to_go_live(message: Message) -> bool:
    """Say whether the last sentence that asks, else the last one, is about putting it live."""
    last = (message.questions or message.sentences)[-1:]
    return any(_LIVE.search(message.plain, part.start, part.end) is not None for part in last)
