"""Amounts in a message: digits, suffixes, number words, vague words and ranges.

What cannot be read with certainty ("1.200" is a thousand and two hundred, or hardly more than one) is left
out. Number words are read by text2num.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from text_to_num import Token, find_numbers

from bot.decision.facts import Range
from bot.understanding.message import Message
from bot.understanding.number_words import (
    AMBIGUOUS,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    DIGITS,
    HEDGED_AFTER,
    HEDGED_BEFORE,
    LANGUAGE_MARKS,
    MORE_THAN,
    MULTIPLIERS,
    NEARLY,
    NOT_AMOUNTS,
    NOT_COUNTED,
    SPOKEN_MULTIPLIER,
    SPREAD_OVER,
    VAGUE,
    VAGUE_WORDS,
)

MOST = 10**15
"""Larger amounts are no counts of anything here."""

MOST_QUANTITIES = 80
"""A message with more numbers is a table or a log: only its beginning is read."""

VAGUENESS = 0.08
"""How far "about N" may be off; our reading, narrower than ten percent so that small counts stay near."""

Unit = Literal["", "percent", "money"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount in the plain form. Bounds are inclusive; None is open."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: Unit = ""
    is_hedged: bool = False
    said: float = 0
    """The number that was said, before "under" or "over" opened a bound."""

    @property
    def value(self) -> float | None:
        """Return the number when exactly one was given."""
        return self.low if self.low == self.high else None

    @property
    def is_range(self) -> bool:
        """Say whether two numbers were given, or a vague word that stands for a range."""
        return None not in (self.low, self.high) and self.low != self.high and self.said == self.low

    @property
    def middle(self) -> float:
        """Return one number that stands for the amount."""
        known = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(known) / len(known)

    def times(self, factor: float) -> Quantity:
        """Return the amount in another unit."""
        return replace(
            self,
            low=None if self.low is None else self.low * factor,
            high=None if self.high is None else self.high * factor,
        )

    def as_amount(self) -> int | Range | None:
        """Return whole numbers as facts want them; None when it is no possible count."""
        if any(bound is not None and not 0 <= bound <= MOST for bound in (self.low, self.high)):
            return None
        if self.value is not None:
            return self._exact(self.value)
        low = None if self.low is None else math.ceil(self.low - 1e-6)
        high = None if self.high is None else math.floor(self.high + 1e-6)
        if low is not None and high is not None and low >= high:
            return round(self.middle)
        return Range(min=low, max=high)

    def _exact(self, value: float) -> int | Range:
        if self.is_hedged:
            low, high = math.ceil(value * (1 - VAGUENESS)), math.floor(value * (1 + VAGUENESS))
            if low < high:
                return Range(min=low, max=high)
        return round(value)


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


class _Word(Token):  # type: ignore[misc] # the package ships no type information
    def __init__(self, text: str, *, is_apart: bool) -> None:
        self._text = text
        self._is_apart = is_apart

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: Token) -> bool:  # noqa: ARG002 # the protocol's signature
        return self._is_apart

    def not_a_number_part(self) -> bool:
        return False


def find_quantities(message: Message) -> tuple[Quantity, ...]:
    """Return the amounts in a message, in order, hedges and ranges folded in."""
    plain = message.plain
    hidden = _hide(plain)
    written = islice(_digits(hidden), MOST_QUANTITIES)
    found = sorted((*written, *islice(_vague(hidden), MOST_QUANTITIES)), key=lambda quantity: quantity.start)
    taken = [(quantity.start, quantity.end) for quantity in found]
    spoken = [
        quantity
        for quantity in islice(_spoken(message, hidden), MOST_QUANTITIES)
        if not any(quantity.start < end and start < quantity.end for start, end in taken)
    ]
    ordered = sorted((*found, *spoken), key=lambda quantity: quantity.start)
    return tuple(_with_hedge(plain, quantity) for quantity in _joined(plain, ordered) if quantity.low != -1)


def _hide(plain: str) -> str:
    """Return the text with dots for numbers that count nothing: versions, dates, model names."""
    return NOT_AMOUNTS.sub(lambda match: "·" * len(match[0]), plain)


_PERCENT_MARKS = ("%", "per", "pct", "pro", "por", "pour")


def _digits(plain: str) -> Iterator[Quantity]:
    for match in DIGITS.finditer(plain):
        number, suffix = match["number"], match["suffix"] or match["letter"]
        after = (match["after"] or "").strip()
        unit: Unit = ""
        if match["money"] or (after and after != "+" and not after.startswith(_PERCENT_MARKS)):
            unit = "money"
        elif after and after != "+":
            unit = "percent"
        value = -1.0 if AMBIGUOUS.fullmatch(number) and not suffix else _number(number)
        value *= MULTIPLIERS[suffix] if suffix and value >= 0 else 1
        yield Quantity(match.start(), match.end(), value, None if after == "+" else value, unit)


def _number(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        return float(digits.replace(".", ""))
    return float(re.sub(r"[,_' ]", "", digits))


def _vague(plain: str) -> Iterator[Quantity]:
    for match in VAGUE_WORDS.finditer(plain):
        _, low, high = VAGUE[int(str(match.lastgroup)[1:])]
        yield Quantity(match.start(), match.end(), low, high)


_MARKS_NEEDED = 2


def _languages(words: frozenset[str]) -> tuple[str, ...]:
    others = sorted(
        ((len(words & marks), language) for language, marks in LANGUAGE_MARKS.items()), reverse=True
    )
    count, best = others[0]
    return ("en", best) if count >= _MARKS_NEEDED else ("en",)


def _spoken(message: Message, plain: str) -> Iterator[Quantity]:
    words = list(_WORD.finditer(plain))
    ends = [0, *(word.end() for word in words)]
    for language in _languages(frozenset(word[0] for word in words)):
        tokens = [
            _Word(
                word[0] if language == "en" else message.quote(word.start(), word.end()).lower(),
                is_apart=plain[end : word.start()].strip(" ") != "",
            )
            for word, end in zip(words, ends, strict=False)
        ]
        for number in find_numbers(tokens, language, threshold=0):
            first, last = words[number.start], words[number.end - 1]
            said = plain[first.start() : last.end()]
            if number.is_ordinal or said in NOT_COUNTED:
                continue
            multiplier = SPOKEN_MULTIPLIER.match(plain, last.end())
            value = number.value * (MULTIPLIERS[multiplier["word"]] if multiplier else 1)
            yield Quantity(first.start(), multiplier.end() if multiplier else last.end(), value, value)


def _joined(plain: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """Fold two neighbours into a range: "80 to 100", "2-3k", "between 100 and 150"."""
    index = 0
    while index < len(quantities):
        current = quantities[index]
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        joined = None if following is None else _range(plain, current, following)
        yield joined or current
        index += 2 if joined else 1


def _scale_of(said: str) -> float:
    """Return what the last word or letter of an amount multiplies by; 1 when it does not."""
    word = re.search(r"(hundred|thousand|million|[km])$", said)
    return MULTIPLIERS[word[1]] if word else 1


def _range(plain: str, first: Quantity, second: Quantity) -> Quantity | None:
    between = plain[first.end : second.start]
    low, high = first.value, second.value
    if not BETWEEN.fullmatch(between) or low is None or high is None or low < 0:
        return None
    word = between.strip()
    lead = plain[max(0, first.start - 12) : first.start]
    if word in ("and", "y") and not re.search(r"\b(?:between|entre) $", lead):
        return None
    if word in ("to", "a") and re.search(r"\bfrom $", lead):
        return None
    scale = _scale_of(plain[second.start : second.end])
    if low < scale <= high and low * scale <= high:
        low *= scale  # "2-3k", "two or three hundred"
    if low >= high:
        return None
    return Quantity(first.start, second.end, low, high, second.unit or first.unit)


def _with_hedge(plain: str, quantity: Quantity) -> Quantity:
    before, after = (
        plain[max(0, quantity.start - 24) : quantity.start],
        plain[quantity.end : quantity.end + 16],
    )
    value = quantity.value
    if value is None:
        return replace(quantity, said=quantity.low or 0)
    quantity = replace(quantity, said=value)
    if MORE_THAN.search(before) and not SPREAD_OVER.search(before):
        return replace(quantity, low=value + 1, high=None)
    if AT_LEAST.search(before):
        return replace(quantity, high=None)
    if AT_MOST.search(before):
        return replace(quantity, low=min(1.0, value))
    if BELOW.search(before):
        return replace(quantity, low=min(1.0, value), high=max(value - 1, value * 0.999))
    if NEARLY.search(before):
        return replace(quantity, low=value * (1 - VAGUENESS))
    if HEDGED_BEFORE.search(before) or HEDGED_AFTER.match(after):
        return replace(quantity, is_hedged=True)
    return quantity
