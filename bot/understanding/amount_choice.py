"""Which of several amounts of one fact counts, and which contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.decision.next_question import fit
from bot.understanding.number_values import SCORES, TALLIES, Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount
from bot.understanding.units import AT_PEAK


def choose_amounts(numbers: Numbers, said: Sequence[StatedAmount]) -> Iterator[StatedAmount]:
    """Yield the likeliest amount of a fact, and each that contradicts it with nothing to tell them apart."""
    is_series = len(_VERSION.findall(numbers.message.plain)) > 1
    best = max(said, key=lambda one: (_holds_now(numbers, one), one.index if is_series else 0, one.share))
    yield best
    for one in said:
        if _contradicts(numbers, one, best) and _holds_now(numbers, one) == _holds_now(numbers, best):
            yield one


_VERSION = re.compile(r"\b(?:v|version|prompt|round|iteration) ?\d")
"""Scores of several versions are told in their order, and the last is in use."""
_PRESENT = re.compile(
    r"\b(?:now|today|currently|current|these days|meanwhile|since|at present|latest|in production|live|new)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|used to|old|earlier|previous(?:ly)?|before|initially|originally|formerly|started|"
    r"last (?:year|quarter|month|spring|summer|autumn|fall|winter|week)|back then|in the beginning|"
    r"at first)\b"
)
_USUAL = re.compile(
    r"\b(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|on average|average|otherwise|regular|ordinary|quiet)\b"
)
_RARE = re.compile(
    rf"\b(?:{AT_PEAK}|black friday|cyber monday|christmas|xmas|holidays?|launch\w*|campaigns?|rush|"
    r"high season|in season)\b"
)
"""Words beside a number by which it holds on few days only."""


def _holds_now(numbers: Numbers, one: StatedAmount) -> int:
    """Return 1 for the score said to be the present one, -1 for a past one; so for usual and rare days.

    Of counts, both are kept, and asked about.
    """
    if one.role == "requests_per_day":
        holds, holds_not = _USUAL, _RARE
    elif fact_of(one.role) == "baseline_score":
        holds, holds_not = _PRESENT, _PAST
    else:
        return 0
    quantity = numbers.quantities[one.index]
    part = numbers.message.segment_at(quantity.start)
    ends = (other.end for other in numbers.quantities if other.end <= quantity.start)
    begins = (other.start for other in numbers.quantities if other.start >= quantity.end)
    start, end = max([part.start, *ends]), min([part.end, *begins])
    found = [pattern.search(numbers.message.plain, start, end) is not None for pattern in (holds, holds_not)]
    return found[0] - found[1]


_WHICH = frozenset(["from", "by", "for", "in", "on", "with", "of", "at", "to", "per", "and"])
"""Words that say which ones are meant, and so tell two numbers of them apart."""


def _contradicts(numbers: Numbers, one: StatedAmount, other: StatedAmount) -> bool:
    """Say whether both count the same: the same word stands after them, or they stand there bare."""
    if one.role != other.role or one.role in SCORES | TALLIES or fit(one.value, other.value):
        return False
    word = _next_word(numbers, one.index)
    if word != _next_word(numbers, other.index):
        return False
    first, second = sorted((one.index, other.index))
    between = numbers.message.plain[numbers.quantities[first].end : numbers.quantities[second].start]
    return word not in _WHICH if word else re.search(r"\w", between) is None


def _next_word(numbers: Numbers, index: int) -> str:
    """Return the word after a number in its part of the sentence; "" when it ends there."""
    end = numbers.quantities[index].end
    rest = numbers.message.plain[end : numbers.message.segment_at(numbers.quantities[index].start).end]
    word = re.search(r"\w+", rest)
    return word[0] if word else ""
