"""Sentences of the policy that fit what is known: where the usual words would not, others are said.

Who has a test set of 140 cases is not told to write down twenty. A sentence decides nothing, so it may look
at facts that no rule compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.decision.conditions import Condition
from bot.decision.facts import Facts, FactValue, Range
from bot.decision.wording import number_in_words

_PLACE = re.compile(r"\{(?P<fact>\w+)\} ?")


@dataclass(frozen=True)
class Phrase:
    """Words that depend on what is known: the first of `instead` whose condition holds, else the usual ones.

    "" says nothing.
    """

    usual: Sentence
    instead: tuple[tuple[Condition, Sentence], ...]


Sentence = str | Phrase | tuple[str | Phrase, ...]
"""Words for people: as they stand, as they fit, or several of both in a row.

"{examples_n}" stands for that number in words, which has to be known wherever the text is said. Of one that
is open above nothing is said: "your examples", not "your 50 or more examples".
"""


def fit(sentence: Sentence, facts: Facts) -> str:
    """Return the words that fit these facts. Raises TypeError for a number that is not known."""
    if isinstance(sentence, str):
        return _PLACE.sub(lambda place: _number(getattr(facts, place["fact"]), place), sentence)
    if isinstance(sentence, tuple):
        return "".join(fit(part, facts) for part in sentence)
    fitting = (words for condition, words in sentence.instead if condition.holds(facts))
    return fit(next(fitting, sentence.usual), facts)


def _number(value: FactValue | None, place: re.Match[str]) -> str:
    words = number_in_words(place["fact"], value)
    is_open = isinstance(value, Range) and value.max is None
    return "" if is_open else f"{words}{' ' if place[0].endswith(' ') else ''}"
