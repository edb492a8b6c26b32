"""The number a sentence comes to: "14 plus an 'other', so fifteen", "24, they merged four, so it's 20"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.number_values import COUNTS, Numbers
from bot.understanding.numbers import Quantity
from bot.understanding.stated_amount import StatedAmount

_REST = r"['\"]?(?:others?|rest|misc\w*|none of them|catch-?all)\b['\"]?"
_SO_MANY = re.compile(rf"[^.;!?]{{0,30}}{_REST}[^.;!?]{{0,12}}\b(?:so|makes?|thats|that is|=) *(?:about )?$")
_OR_SO_MANY = re.compile(r"[^.;!?]{0,30}\bor $")
_WITH_REST = re.compile(rf" (?:with|counting|including) (?:the |an? )?{_REST}")


def _is_with_rest(plain: str, end: int, more: Quantity) -> bool:
    """Say whether a number is the one before it and the class for the rest."""
    between = plain[end : more.start]
    if _SO_MANY.fullmatch(between):
        return True
    return _OR_SO_MANY.fullmatch(between) is not None and _WITH_REST.match(plain, more.end) is not None


def with_rest_class(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with fifteen classes for "14 plus an 'other', so fifteen"."""
    for index, one in stated.items():
        for place in range(index + 1, len(numbers.quantities)):
            more, plain = numbers.quantities[place], numbers.message.plain
            if (
                one.role == "label_count"
                and one.value == more.said - 1
                and numbers.is_bare_count(place)
                and _is_with_rest(plain, numbers.quantities[index].end, more)
            ):
                rest = {other: each for other, each in stated.items() if other not in (index, place)}
                return {**rest, place: replace(one, index=place, value=round(more.said))}
    return stated


_SO = re.compile(
    r"\bso (?:(?:its|it is|that(?:s| is| makes)|call it|make (?:it|that)|"
    r"(?:(?:we|i)(?:d| would)? )?(?:go(?:ing)? with|count|say|have)|only|about|around|the|other|just) )*~?$"
)
_IN_PROPORTION = re.compile(
    r"\b(?:half|twice|double|thrice|a third|a quarter) (?:of |as many as )?(?:that|it|them)\b"
)
"""Then what follows "so" is the second of two, and not both."""
_THAT_IS_ALL = re.compile(
    r"(?: (?:in all|in total|of them|left|usable|then|overall))?(?: and no more)?(?:[,.;!?)]|$| as\b)"
)


def with_conclusion(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with 20 for "24, but they merged four, so it's twenty"."""
    plain, kept = numbers.message.plain, dict(stated)
    for index, last in enumerate(numbers.quantities):
        sentence = numbers.message.sentence_at(last.start)
        if (
            not numbers.is_bare_count(index)
            or not _SO.search(plain, sentence.start, last.start)
            or _IN_PROPORTION.search(plain, sentence.start, last.start)
            or not _THAT_IS_ALL.match(plain, last.end)
        ):
            continue
        counted = [
            one
            for place, one in sorted(kept.items())
            if place < index and one.role in COUNTS and sentence.holds(numbers.quantities[place].start)
        ]
        if counted and counted[-1].role == counted[0].role:
            kept = {place: one for place, one in kept.items() if one not in counted}
            kept[index] = replace(counted[-1], index=index, value=round(last.said))
    return kept
