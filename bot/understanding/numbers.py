"""Amounts in a message: digits, suffixes, number words, vague words and ranges.

What cannot be read with certainty ("1.200" is a thousand and two hundred, or hardly more than one) is left
out. Number words are read by text2num.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from text_to_num import Token, find_numbers

from bot.decision.facts import Range
from bot.understanding.message import Message

MOST = 10**15
"""Larger amounts are no counts of anything here."""

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


_MULTIPLIERS: dict[str, float] = {
    "k": 1e3,
    "thousand": 1e3,
    "tausend": 1e3,
    "mil": 1e3,
    "mille": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "millionen": 1e6,
    "millones": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
    "hundred": 1e2,
    "dozen": 12,
}
_SUFFIX = r"(?: ?(?P<suffix>thousand|tausend|mille|mil|millions?|millionen|millones|mio|mn|mm|billion|bn|lakhs?|crores?|hundred|dozen)\b|(?P<letter>[km])(?![a-z]))?"
_DIGITS = re.compile(
    r"(?<![\w.#])(?P<money>[$€£] ?)?(?P<number>"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:['_]\d{3})+"
    r"|\d{1,3}(?: 000)+(?!\d)"
    r"|\d+,\d{1,2}(?= ?(?:k\b|m\b|mio|mill|%|prozent|percent))"
    r"|\d*\.?\d+)"
    + _SUFFIX
    + r"(?P<after> ?(?:%|percent\b|per cent\b|pct\b|prozent\b|por ciento\b|pour cent\b)|\+| ?(?:usd|dollars?|bucks|eur|euros?|€|\$|gbp|pounds)(?!\w))?"
)
_NOT_AMOUNTS = re.compile(
    r"\b(?:24 ?[/x] ?7|24 hours|a/b|v\.? ?\d+(?:\.\d+)*(?: ?(?:to|-) ?v?\.? ?\d+)?"
    r"|(?:gpt|claude|opus|sonnet|haiku|gemini|llama|qwen|mistral|mixtral|gemma|phi|nova|o|falcon|deepseek|granite"
    r"|command|titan|python|version|policy|level|step|day|top|floor|room|phase|tier|part|page|section|chapter|q|h|ticket)"
    r"[ -]?v?\d+(?:\.\d+)*(?:[ -]?\d+b)?\b(?! ?[km]\b)"
    r"|\d+(?:\.\d+)? ?b\b(?! ?usd)|\d+ ?-?bit\b|\d+(?:st|nd|rd|th)\b|\d{1,2}:\d{2}|\d{1,2} ?[ap]m\b"
    r"|(?:in|since|by|until|of|from) (?:19|20)\d\d\b|\d{4}-\d\d-\d\d|\d+(?:\.\d+){2,}(?!\d)(?<!\.\d{3})"
    r"|number one|one of|another one|this one|that one|each one|one by one|no one|the one|one day|second|42 obviously)"
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_VAGUE: tuple[tuple[str, float, float | None], ...] = (
    (r"(?:a )?couple(?: of)? hundred", 150, 250),
    (r"(?:a )?few hundred", 200, 500),
    (r"several hundred", 300, 900),
    (r"(?:a )?couple(?: of)? thousand", 1500, 2500),
    (r"(?:a )?few thousand", 2000, 5000),
    (r"several thousand", 3000, 9000),
    (r"(?:a )?couple(?: of)? dozens?", 24, 30),
    (r"(?:a )?few dozens?", 24, 60),
    (r"several dozens?", 36, 96),
    (r"hundreds of thousands", 200_000, 999_999),
    (r"tens of thousands", 20_000, 99_999),
    (r"hundreds of millions", 200_000_000, 999_999_999),
    (r"tens of millions", 20_000_000, 99_999_999),
    (r"hundreds", 200, 999),
    (r"thousands", 2000, 9999),
    (r"millions", 2_000_000, None),
    (r"billions", 2_000_000_000, None),
    (r"(?:a )?couple(?: of)? million", 1_500_000, 2_500_000),
    (r"(?:a )?few million", 2_000_000, 5_000_000),
    (r"half a million", 500_000, 500_000),
    (r"half a thousand", 500, 500),
    (r"dozens", 24, 99),
    (r"(?:a )?half dozen|half a dozen", 6, 6),
    (r"a dozen", 12, 12),
    (r"a handful(?: of)?", 2, 9),
    (r"(?:un )?par de cientos", 150, 250),
    (r"ein paar hundert", 200, 500),
    (r"quelques centaines", 200, 500),
)
_VAGUE_WORDS = re.compile("|".join(rf"(?P<v{i}>\b(?:{row[0]})\b)" for i, row in enumerate(_VAGUE)))

_HEDGED_BEFORE = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|circa|some|maybe|perhaps|probably|like|near|guess|guessing|estimate|"
    r"unos|unas|cerca de|aproximadamente|etwa|ungefahr|rund|zirka|environ|a peu pres|circa|quasi|or so|ballpark)"
    r"(?: (?:of|about|at|around|its|is|like|we have))?|[~≈]) ?$"
)
_HEDGED_AFTER = re.compile(
    r" ?(?:-? ?ish\b|or so\b|give or take|roughly\b|approximately\b|\w+ or so\b|mas o menos)|ish\b"
)
_MORE_THAN = re.compile(
    r"(?:\b(?:over|more than|above|north of|upwards of|in excess of|mehr als|uber|mas de|plus de)|(?<!-)>) ?(?:a )?$"
)
_SPREAD_OVER = re.compile(
    r"\b(?:tool|bot|assistant|q ?& ?a|qa|search|answers?|questions?|rag|chat|paragraphs|spread|works?|docs|examples|across) over $"
)
"""Here "over" says where, not how many."""
_AT_LEAST = re.compile(
    r"(?:\b(?:at least|no fewer than|a minimum of|not less than|mindestens|al menos|au moins)|>=) ?(?:a )?$"
)
_AT_MOST = re.compile(
    r"(?:\b(?:up to|at most|max|a maximum of|maximum|no more than|not more than|capped at|cap of|"
    r"bis zu|hochstens|maximal|hasta|jusqua|au plus)|<=) ?$"
)
_BELOW = re.compile(
    r"(?:\b(?:under|less than|fewer than|below|within|weniger als|unter|menos de|moins de)|<) ?$"
)
_NEARLY = re.compile(r"\b(?:almost|nearly|close to|just under|fast|casi|presque) ?$")
_BETWEEN = re.compile(r" ?(?:-|to|bis|a|y|and|or|bis zu) ?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


class _Word(Token):
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
    found = sorted((*_digits(hidden), *_vague(hidden)), key=lambda quantity: quantity.start)
    taken = [(quantity.start, quantity.end) for quantity in found]
    spoken = [
        quantity
        for quantity in _spoken(message, hidden)
        if not any(quantity.start < end and start < quantity.end for start, end in taken)
    ]
    ordered = sorted((*found, *spoken), key=lambda quantity: quantity.start)
    return tuple(_with_hedge(plain, quantity) for quantity in _joined(plain, ordered) if quantity.low != -1)


def _hide(plain: str) -> str:
    """Return the text with dots for numbers that count nothing: versions, dates, model names."""
    return _NOT_AMOUNTS.sub(lambda match: "·" * len(match[0]), plain)


def _digits(plain: str) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(plain):
        number, suffix = match["number"], match["suffix"] or match["letter"]
        after = (match["after"] or "").strip()
        unit: Unit = ""
        if match["money"] or (after and after not in "+" and not after.startswith(("%", "p"))):
            unit = "money"
        elif after and after != "+" and after != "pounds":
            unit = "percent"
        value = -1.0 if _AMBIGUOUS.fullmatch(number) and not suffix else _number(number)
        value *= _MULTIPLIERS[suffix] if suffix and value >= 0 else 1
        yield Quantity(match.start(), match.end(), value, None if after == "+" else value, unit)


def _number(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        return float(digits.replace(".", ""))
    return float(re.sub(r"[,_' ]", "", digits))


def _vague(plain: str) -> Iterator[Quantity]:
    for match in _VAGUE_WORDS.finditer(plain):
        _, low, high = _VAGUE[int(str(match.lastgroup)[1:])]
        yield Quantity(match.start(), match.end(), low, high)


_LANGUAGE_MARKS: dict[str, frozenset[str]] = {
    "de": frozenset(
        "und wir die der das ist nicht von mit pro etwa seiten haben keine beispiele ein am".split()
    ),
    "es": frozenset(
        "el la los las por con que unos unas nada sin al dia tenemos ejemplos revisados de".split()
    ),
    "fr": frozenset("le les des par avec environ nous jour pas avons exemples une et de".split()),
    "it": frozenset("il gli di per con che abbiamo esempi giorno al non circa".split()),
    "pt": frozenset("o os por com que temos exemplos dia nao cerca de".split()),
    "nl": frozenset("het een en wij voor met per dag niet ongeveer hebben van".split()),
}
_MARKS_NEEDED = 2


def _languages(words: frozenset[str]) -> tuple[str, ...]:
    others = sorted(
        ((len(words & marks), language) for language, marks in _LANGUAGE_MARKS.items()), reverse=True
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
            if not number.is_ordinal and said not in _NOT_COUNTED:
                yield Quantity(first.start(), last.end(), number.value, number.value)


_NOT_COUNTED = frozenset("one ones un una uno unos unas une ein eine einen einer um uma een and zero".split())
"""Articles and pronouns that happen to be number words."""


def _joined(plain: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """Fold two neighbours into a range: "80 to 100", "2-3k", "between 100 and 150"."""
    index = 0
    while index < len(quantities):
        current = quantities[index]
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        joined = None if following is None else _range(plain, current, following)
        yield joined or current
        index += 2 if joined else 1


def _range(plain: str, first: Quantity, second: Quantity) -> Quantity | None:
    between = plain[first.end : second.start]
    low, high = first.value, second.value
    if not _BETWEEN.fullmatch(between) or low is None or high is None or low < 0:
        return None
    word = between.strip()
    lead = plain[max(0, first.start - 12) : first.start]
    if word in ("and", "y") and not re.search(r"\b(?:between|entre) $", lead):
        return None
    if word in ("to", "a") and re.search(r"\bfrom $", lead):
        return None
    if low < high and high / 1000 >= 1 and low < 1000 and plain[second.end - 1] in "km":  # noqa: PLR2004 # "2-3k"
        scale = _MULTIPLIERS[plain[second.end - 1]]
        low = low * scale if low * scale <= high else low
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
    if _MORE_THAN.search(before) and not _SPREAD_OVER.search(before):
        return replace(quantity, low=value + 1, high=None)
    if _AT_LEAST.search(before):
        return replace(quantity, high=None)
    if _AT_MOST.search(before):
        return replace(quantity, low=min(1.0, value))
    if _BELOW.search(before):
        return replace(quantity, low=min(1.0, value), high=max(value - 1, value * 0.999))
    if _NEARLY.search(before):
        return replace(quantity, low=value * (1 - VAGUENESS))
    if _HEDGED_BEFORE.search(before) or _HEDGED_AFTER.match(after):
        return replace(quantity, is_hedged=True)
    return quantity
