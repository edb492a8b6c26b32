"""What was typed into a field about one fact, read as we read messages: "a couple hundred", "3k", "85%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from bot.decision.facts import AMOUNT_FACTS, FactValue, Range, parse_value
from bot.understanding.message import prepare
from bot.understanding.number_values import SCORES, Numbers, measured
from bot.understanding.numbers import find_quantities
from bot.understanding.unknowns import find_unknowns

MOST_ENTERED_CHARS = 200
_DAILY = "Q10"
"""The question after whose answer a bare number is meant for a day."""
_OR_MORE = re.compile(r"(\S*\d\S*) or (?:more|over)\b", re.IGNORECASE)
"""As `bot.decision.wording` itself writes an amount without an upper bound."""


@dataclass(frozen=True, slots=True)
class Unread:
    """It says nothing that the fact can be; `wanted` is what would."""

    wanted: Literal["amount", "score", "words"]


def read_entered(fact: str, text: str) -> FactValue | Unread | None:
    """Return what was entered as the fact's own value; None when it is empty or says that nobody knows."""
    message = prepare(_OR_MORE.sub(r"at least \1", text[:MOST_ENTERED_CHARS]))
    if not message.plain.strip() or find_unknowns(message, (fact,)):
        return None
    if fact in AMOUNT_FACTS or fact in SCORES:
        numbers = measured(message, find_quantities(message), _DAILY)
        amount = _the_one(_amounts(numbers, fact))
        return Unread("score" if fact in SCORES else "amount") if amount is None else amount
    try:
        return parse_value(fact, _words(fact, text))
    except (KeyError, ValidationError):
        return Unread("words")


def _words(fact: str, text: str) -> object:
    one_line = " ".join(text.split())
    if fact == "languages":
        return tuple(part.strip() for part in one_line.split(",") if part.strip()) or None
    return one_line


def _amounts(numbers: Numbers, fact: str) -> list[FactValue]:
    """Return each amount that can be meant; a bare one is in the field's own unit, "8 of 10" is one score."""
    amounts = []
    shares = [one for one in numbers.quantities if one.unit in ("share", "percent")]
    for index, quantity in enumerate(numbers.quantities):
        if fact in SCORES and shares and quantity not in shares:
            continue
        value = numbers.value(index, fact)
        is_whole = not quantity.unit and quantity.said == round(quantity.said)
        is_bare = is_whole and not numbers.units[index].dimension
        if value is None and is_bare and fact not in SCORES:
            value = quantity.as_amount()
        if value is not None:
            amounts.append(value)
    return amounts


def _the_one(amounts: list[FactValue]) -> int | float | Range | None:
    """Return the amount if there is one only: which of several is meant is not for us to guess."""
    first = amounts[0] if len(amounts) == 1 else None
    return first if isinstance(first, int | float | Range) else None
