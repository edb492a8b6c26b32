"""What makes it likelier that a number states a fact than the number and the words around it alone say."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from bot.understanding.absence import THERE_IS_NONE, Absences
from bot.understanding.witness import NO_TESTIMONY, NOT_COUNTED, Testimony, Witness, raised

_ASKED = 2.0
"""How much likelier a fact is that was just asked for."""
_DOUBTED = 0.25
"""How much less likely is a fact of which they say that they do not know it."""


@dataclass(frozen=True)
class Weighing:
    """What was asked, what a language model read, what is said to be absent, and what to be unknown."""

    asked: frozenset[str] = frozenset()
    testimony: Testimony = NO_TESTIMONY
    absences: Absences = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    """What they say they do not know: all that was asked, where they name nothing."""

    def share(self, fact: str, share: float, start: int, *, is_nought: bool) -> float:
        """Return how much speaks for a fact; `start` is the number's place in the message as it was said.

        A word that says nought says it of what the reply as a whole says there is none of.
        """
        if is_nought and fact in self.absences:
            share = math.sqrt(share * self.absences[fact].get(THERE_IS_NONE, 0))
        witness = self._heard.get((fact, start))
        silence = self.testimony.silence.get(fact, NOT_COUNTED)
        weighed = witness.raised(share) if witness else raised(share, silence)
        if self.unknown < self.asked and fact in self.unknown and not is_nought:
            weighed *= _DOUBTED
        return weighed * (_ASKED if fact in self.asked else 1)

    @cached_property
    def _heard(self) -> dict[tuple[str, int], Witness]:
        return {(one.fact, one.start): one for one in self.testimony.witnesses}


NOTHING_WEIGHS = Weighing()
