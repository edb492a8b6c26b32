"""Amounts in a message: digits, suffixes, number words, vague words, ranges and shares.

What cannot be read with certainty ("1.200" is a thousand and two hundred, or hardly more than one) is left
out. Number words are read by text2num.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

from text_to_num import Token, find_numbers

from bot.decision.facts import Range
from bot.decision.wording import VAGUENESS, around
from bot.understanding.kind_lists import find_kinds_named
from bot.understanding.message import Message
from bot.understanding.number_words import (
    AMBIGUOUS,
    AND_A_HALF,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    DECADES,
    DIGITS,
    FRACTION,
    FRACTION_COUNTS,
    FRACTIONS,
    HEDGED_AFTER,
    HEDGED_BEFORE,
    LANGUAGE_MARKS,
    MINUS,
    MORE_THAN,
    MOST_LOOSE_WHOLE,
    MULTIPLIERS,
    NEARLY,
    NONE,
    NOT_AMOUNTS,
    NOT_COUNTED,
    RATIO_BETWEEN,
    SHORT_OF,
    SPOKEN_MULTIPLIER,
    SPREAD_OVER,
    UNIT_AFTER,
    VAGUE,
    VAGUE_WORDS,
    WITHIN_DECADE,
)

MOST = 10**15
"""Larger amounts are no counts of anything here."""

MOST_QUANTITIES = 80
"""A message with more numbers is a table or a log: only its beginning is read."""

Unit = Literal["", "percent", "dollars", "money", "share", "list", "none"]
"""A list stands for as many kinds as it names; "none" is a word that says nought: "nothing labelled"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount in the plain form. Bounds are inclusive; None is open. A share lies between 0 and 1."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: Unit = ""
    is_hedged: bool = False
    said: float = 0
    """The number that was said, before "under" or "over" opened a bound."""
    whole: float = 0
    """The 10 of "8 of 10"."""

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
            about = around(value)
            if about.min != about.max:
                return about
        return round(value)


_WORD = re.compile(r"[a-z]+")


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
    """Return the amounts in a message, in order, hedges and ranges folded in.

    A share ("8 of 10") comes after the two numbers that make it up, and overlaps them.
    """
    plain = message.plain
    languages = _languages(frozenset(_WORD.findall(plain)))
    hidden = _hide(_grouped(plain, languages[-1]))
    found: list[Quantity] = []
    for reader in (_fractions(hidden), _vague(hidden), _digits(hidden), _spoken(message, hidden, languages)):
        for one in islice(reader, MOST_QUANTITIES):
            is_read = any(one.start < other.end and other.start < one.end for other in found)
            if not is_read and _is_finite(one):
                found.append(one)
    found.sort(key=lambda one: one.start)
    ordered = [
        _with_hedge(plain, one)
        for one in _joined(plain, found)
        if one.low != _UNREADABLE and not _is_negative(plain, one)
    ]
    ordered = list(_bounded(plain, ordered))
    shares = list(_shares(plain, ordered))
    counted = [one for one in ordered if not _is_article(plain, one)]
    lists = [
        Quantity(start, end, count, count, "list", said=count)
        for start, end, count in find_kinds_named(plain)
        if not any(one.start < end and start < one.end for one in counted)
    ]
    nought = [
        Quantity(match.start(), match.end(), 0, 0, "none")
        for match in islice(NONE.finditer(plain), MOST_QUANTITIES)
    ]
    return tuple(sorted((*counted, *shares, *lists, *nought), key=lambda one: (one.start, one.end)))


def _is_finite(quantity: Quantity) -> bool:
    """Say whether it has no more digits than an amount may have."""
    return all(math.isfinite(bound) for bound in (quantity.low, quantity.high) if bound is not None)


_UNREADABLE = -1.0
_SIGN_CHARS = 8
"""As far back as a sign may begin."""


def _is_negative(plain: str, quantity: Quantity) -> bool:
    """Say whether a sign makes it less than nothing, which no amount is; lines may begin with one."""
    sign = MINUS.search(plain[max(0, quantity.start - _SIGN_CHARS) : quantity.start])
    is_item = quantity.start == 1 and "\n-" in plain
    return sign is not None and not is_item


_OF_A_UNIT = re.compile(
    r"(?: (?:a|an|per|each|every)| ?/)? ?-?(?:seconds?|minutes?|hours?|days?|weeks?|months?|pages?)\b"
)


def _is_article(plain: str, quantity: Quantity) -> bool:
    """Say whether "one" stands for a thing and not for a number."""
    return plain[quantity.start : quantity.end] == "one" and not _OF_A_UNIT.match(plain, quantity.end)


_COMMA_LANGUAGES = frozenset({"de", "es", "it", "pt", "nl", "fr"})


def _grouped(plain: str, language: str) -> str:
    """Return the text with the thousands of other languages marked as in "2'500", at the same length."""
    if language not in _COMMA_LANGUAGES:
        return plain
    plain = re.sub(r"(?<![\d.,])(\d{1,3})[. ](?=\d{3}(?![\d.,]\d))", r"\1'", plain)
    return re.sub(r"(?<![\d.,'])(\d{1,3}),(?=\d{1,2}(?!\d))", r"\1.", plain)


def _hide(plain: str) -> str:
    """Return the text with dots for numbers that count nothing: versions, dates, model names."""
    return NOT_AMOUNTS.sub(lambda match: "·" * len(match[0]), plain)


_PERCENT_MARKS = ("%", "per", "pct", "pro", "por", "pour")
_DOLLAR_MARKS = ("$", "us", "doll", "dol", "buck")


def _unit(mark: str) -> Unit:
    mark = mark.strip()
    if not mark or mark == "+":
        return ""
    if mark.startswith(_PERCENT_MARKS):
        return "percent"
    return "dollars" if mark.startswith(_DOLLAR_MARKS) else "money"


def _digits(plain: str) -> Iterator[Quantity]:
    for match in DIGITS.finditer(plain):
        number, suffix = match["number"], match["suffix"] or (match["letter"] or "").strip()
        value = _UNREADABLE if AMBIGUOUS.fullmatch(number) and not suffix else _number(number)
        value *= MULTIPLIERS[suffix] if suffix and value >= 0 else 1
        end, half = match.end(), AND_A_HALF.match(plain, match.end())
        if half is not None and value >= 0:
            value = (value + 1 / 2) * (MULTIPLIERS[half["word"]] if half["word"] else 1)
            end = half.end()
        high = None if match["after"] == "+" else value
        unit = _unit(match["money"] or match["after"] or "")
        yield Quantity(match.start(), end, value, high, "dollars" if suffix == "grand" else unit)


def _number(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|(?:[2-9]|[1-9]\d{1,2})\.000", digits):
        return float(digits.replace(".", ""))
    power = re.fullmatch(r"(?:(.+?) ?[x*×] ?)?10(?:\^|\*\*)(\d+)", digits)
    if power is not None:
        return float(f"{power[1] or 1}e{power[2]}")
    return float(re.sub(r"[,_' ]", "", digits))


_UNIT_AFTER = re.compile(UNIT_AFTER)


def _with_unit(plain: str, start: int, end: int, low: float, high: float | None) -> Quantity:
    """Return an amount said in words, with the percent or the currency after it."""
    match = _UNIT_AFTER.match(plain, end)
    mark = match["after"] or "" if match is not None else ""
    unit = "dollars" if plain.endswith("grand", start, end) else _unit(mark)
    return Quantity(start, end + len(mark), low, None if mark == "+" else high, unit)


def _vague(plain: str) -> Iterator[Quantity]:
    for match in VAGUE_WORDS.finditer(plain):
        _, low, high = VAGUE[int(str(match.lastgroup)[1:])]
        yield _with_unit(plain, match.start(), match.end(), low, high)


def _fractions(plain: str) -> Iterator[Quantity]:
    """Yield the shares that one expression names: "two thirds", "every fourth", "low nineties"."""
    for match in FRACTION.finditer(plain):
        if match["decade"]:
            tens = match["decade"]
            number = next((n for n, prefix in enumerate(DECADES, 2) if tens.startswith(prefix)), 0)
            share = ((number or int(tens[0])) * 10 + WITHIN_DECADE[match["where"]]) / 100
        elif match["nth"]:
            share = FRACTIONS.get(match["nth"], 1 / 2)
        elif match["part"]:
            share = FRACTION_COUNTS[match["count"]] * FRACTIONS[match["part"]]
        else:
            share = 1 / 2
        if share < 1:
            yield Quantity(match.start(), match.end(), share, share, "share")


_MARKS_NEEDED = 2


def _languages(words: frozenset[str]) -> tuple[str, ...]:
    count, best = max((len(words & marks), language) for language, marks in LANGUAGE_MARKS.items())
    return ("en", best) if count >= _MARKS_NEEDED else ("en",)


def _spoken(message: Message, plain: str, languages: tuple[str, ...]) -> Iterator[Quantity]:
    words = list(_WORD.finditer(plain))
    ends = [0, *(word.end() for word in words)]
    for language in languages:
        tokens = [
            _Word(
                word[0] if language == "en" else message.quote(word.start(), word.end()).lower(),
                is_apart=plain[end : word.start()].strip(" -") != "",
            )
            for word, end in zip(words, ends, strict=False)
        ]
        for number in find_numbers(tokens, language, threshold=0):
            start, end, value = words[number.start].start(), words[number.end - 1].end(), number.value
            said = plain[start:end]
            if number.is_ordinal or (said in NOT_COUNTED and said != "one"):
                continue
            half = AND_A_HALF.match(plain, end)
            if half is not None:
                value, end = value + 1 / 2, half.end()
                value *= MULTIPLIERS[half["word"]] if half["word"] else 1
            multiplier = SPOKEN_MULTIPLIER.match(plain, end)
            if multiplier is not None:
                value, end = value * MULTIPLIERS[multiplier["word"]], multiplier.end()
            yield _with_unit(plain, start, end, value, value)


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
    word = re.search(r"(hundred|thousand|million|[km])(?: ?(?:usd|dollars|bucks|[$€£]))?$", said)
    return MULTIPLIERS[word[1]] if word else 1


def _range(plain: str, first: Quantity, second: Quantity) -> Quantity | None:
    between = plain[first.end : second.start]
    low, high = first.value, second.value
    if not BETWEEN.fullmatch(between) or low is None or high is None or low < 0:
        return None
    if (first.unit == "share") != (second.unit == "share"):
        return None  # "half or 60": a share ends at no number
    word = between.strip()
    lead = plain[max(0, first.start - 12) : first.start]
    if word in ("and", "y") and not re.search(r"\b(?:between|btw|btwn|entre) $", lead):
        return None
    if word in ("to", "a") and re.search(r"\bfrom $", lead):
        return None
    scale = _scale_of(plain[second.start : second.end])
    if low < scale <= high and low * scale <= high:
        low *= scale  # "2-3k", "two or three hundred"
    if low >= high:
        return None
    return Quantity(first.start, second.end, low, high, second.unit or first.unit, said=low)


_HIGHEST_SCORE = 100


def _shares(plain: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """Yield "8 of 10" and its like as shares; the two numbers stay, because they may count something."""
    for first, second in pairwise(quantities):
        part, whole = first.said, second.said
        between = plain[first.end : second.start]
        if first.unit or not 0 <= part <= whole or whole <= 1 or first.value is None:
            continue
        is_tight = between.strip() in ("/", "of", "out of", "outta")
        if second.unit in ("", "percent") and whole <= _HIGHEST_SCORE and SHORT_OF.fullmatch(between):
            share = (whole - part) / _HIGHEST_SCORE
        elif not second.unit and RATIO_BETWEEN.fullmatch(between) and (is_tight or whole <= MOST_LOOSE_WHOLE):
            share = part / whole
        else:
            continue
        yield Quantity(first.start, second.end, share, share, "share", said=share, whole=whole)


_AND_LESS = re.compile(
    r",? ?(?:(?:and|but) )?(?:less than|fewer than|under|below|at most|up to|no more than|<) (?:a )?"
)


_OWN_UNIT = re.compile(r" ?(?:tokens?|words?|pages?|ms|s|secs?|seconds?|%|percent|dollars|usd|\$|€)(?!\w)")
"""After the second of two bounds: it may bound something else than the first."""


def _bounded(plain: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """Fold two neighbours that bound one amount: "more than 800, less than a thousand"."""
    index = 0
    while index < len(quantities):
        first, both = quantities[index], quantities[index : index + 2]
        second = both[-1]
        is_bound = (
            first.high is None
            and first.low is not None
            and second.said > first.said
            and second.low != second.high
            and second.unit in ("", first.unit)
            and _AND_LESS.fullmatch(plain, first.end, second.start) is not None
            and not _OWN_UNIT.match(plain, second.end)
        )
        if is_bound:
            unit = second.unit or first.unit
            yield Quantity(first.start, second.end, first.low, second.high, unit, said=first.said)
        else:
            yield first
        index += 2 if is_bound else 1


def _with_hedge(plain: str, quantity: Quantity) -> Quantity:  # noqa: PLR0911 - one hedge each
    before, after = (
        plain[max(0, quantity.start - 24) : quantity.start],
        plain[quantity.end : quantity.end + 16],
    )
    value = quantity.value
    if value is None:
        return replace(quantity, said=quantity.low or 0)
    quantity = replace(quantity, said=value)
    if quantity.unit == "share":
        return quantity
    if NEARLY.search(before):
        return replace(quantity, low=value * (1 - VAGUENESS))
    if AT_LEAST.search(before):
        return replace(quantity, high=None)
    if AT_MOST.search(before):
        return replace(quantity, low=min(1.0, value))
    if MORE_THAN.search(before) and not SPREAD_OVER.search(before):
        return replace(quantity, low=value + 1, high=None)
    if BELOW.search(before):
        return replace(quantity, low=min(1.0, value), high=max(value - 1, value * 0.999))
    if HEDGED_BEFORE.search(before) or HEDGED_AFTER.match(after):
        return replace(quantity, is_hedged=True)
    return quantity
