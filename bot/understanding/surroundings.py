"""The words around a quantity, cut at its neighbours and at the ends of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.message import Message
from bot.understanding.numbers import Quantity

_AROUND = 64
_FAR = 240
"""Words further away say nothing about a number; the bounds keep the work small."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quantity and the words around it: directly before and after, in its segment, in its sentence."""

    message: Message
    quantity: Quantity
    before: str
    after: str
    segment: str
    sentence: str


def surroundings(message: Message, quantities: Sequence[Quantity], index: int) -> Surroundings:
    """Return the words around the quantity at `index`."""
    quantity = quantities[index]
    start, end = quantity.start, quantity.end
    sentence, segment = message.sentence_at(start), message.segment_at(start)
    first = max(sentence.start, quantities[index - 1].end if index else 0, start - _AROUND)
    last = min(sentence.end, end + _AROUND)
    if index + 1 < len(quantities):
        last = min(last, quantities[index + 1].start)
    plain = message.plain
    return Surroundings(
        message,
        quantity,
        before=plain[min(first, start) : start],
        after=plain[end : max(last, end)],
        segment=plain[max(segment.start, start - _FAR) : min(segment.end, end + _FAR)],
        sentence=plain[max(sentence.start, start - _FAR) : min(sentence.end, end + _FAR)],
    )
