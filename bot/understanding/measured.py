"""The quantities of a message beside what each of them measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.message import Message
from bot.understanding.numbers import Quantity
from bot.understanding.units import Unit


@dataclass(frozen=True, slots=True)
class Measured:
    """All quantities of a message with their units, and the question that waits ("" for none)."""

    message: Message
    quantities: Sequence[Quantity]
    units: Sequence[Unit]
    question_id: str = ""

    def is_bare_count(self, index: int) -> bool:
        """Say whether it is a whole number without any unit."""
        one = self.quantities[index]
        return not one.unit and not self.units[index].dimension and one.said == round(one.said)
