"""What a gate is: one requirement of some directions, with what to do first where it is known to fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.conditions import ALWAYS, Condition
from bot.decision.facts import Facts, FactValue
from bot.decision.options import TRAINING, Option
from bot.decision.rules import Because
from bot.decision.sentences import Sentence

TUNES_THE_BASE = TRAINING - {Option.DISTIL}
"""Distilling trains a student; the base in use is only its teacher."""
SUPERVISED = frozenset({Option.FINE_TUNE_SFT, Option.RAG_PLUS_FT})
IF_NOT_ENOUGH = "If that falls short"
"""How the step after a gate begins, where what it asks for may do."""


@dataclass(frozen=True)
class Confirmation:
    """A condition's one fact, with what a plain yes and a plain no say of it; labels fit a button."""

    fact: str
    yes: FactValue
    yes_label: str
    no: FactValue
    no_label: str


@dataclass(frozen=True)
class Gate:
    """One requirement of some directions.

    `fails_when` says when it is known to fail, and `instead` what to do first then. While none of
    `unless_known` is known, `condition` is attached to the answer; "" attaches nothing.
    """

    id: str
    applies_to: frozenset[Option]
    fails_when: Condition
    instead: Instead
    headline: Sentence
    because: Because
    first_step: Sentence
    condition: str = ""
    unless_known: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_final: bool = False
    """Whether nothing that the asker does opens it, so that the direction does not follow afterwards."""
    instead_because: tuple[Because, ...] = ()
    """What speaks for what it says to do; where it is final, nothing speaks for the direction."""
    confirmation: Confirmation | None = None
    """Set where one tap can settle the condition. Where a no could mean several things, none is offered."""
    then: str = ""
    """Where what it says to do first may be enough: what begins the step after it."""
    advice: str = ""
    """What it says to do first, as the end of "I would …"; "" where the name of the option says it."""

    def option_instead(self, facts: Facts) -> Option:
        """Return what to do first when the gate is known to fail."""
        *_, (_, option) = self._tested(facts)
        return option

    def compared(self, facts: Facts) -> tuple[Condition, ...]:
        """Return by what it is known to fail and what to do first then was found."""
        return (self.fails_when, *(condition for condition, _ in self._tested(facts)))

    def _tested(self, facts: Facts) -> Iterator[tuple[Condition, Option]]:
        for condition, option in self.instead:
            yield condition, option
            if condition.holds(facts):
                return


Instead = tuple[tuple[Condition, Option], ...]
"""What to do when a gate is shut: the first option whose condition holds."""


def always(option: Option) -> Instead:
    """Return what to do whatever else is known."""
    return ((ALWAYS, option),)
