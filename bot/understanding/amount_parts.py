"""Amounts that are part of another, taken off it, or added to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.decision.facts import FactValue, Range
from bot.understanding.agreement import is_agreement
from bot.understanding.number_values import COUNTS, SIZES, Numbers
from bot.understanding.numbers import Quantity
from bot.understanding.stated_amount import StatedAmount

_OF = re.compile(r"(?: of)?(?: (?:the|our|my|those|these|all|about|some|roughly|around|them|which|were))* ~?")


_HELD_BACK = re.compile(
    r"\b(?:hold|held|keep|kept|set|put|leave|left)\b[^.;!?]{0,12}\b(?:back|aside|out|apart)\b[^.;!?]{0,12}$"
)
_HAVE_SHARES = {"examples_n": "examples_n", "raw_examples_n": "examples_n", "budget_usd": "budget_usd"}
"""What a share of an amount is: who names a part of what lies there says which part counts."""


def with_shares(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with 600 for "two thirds of 900"; the share is no score then."""
    kept = dict(stated)
    for index, one in stated.items():
        before = numbers.quantities[index - 1] if index else None
        held = _held_back(numbers, index) if one.role == "eval_set_n" else None
        if held is not None and type(one.value) is int:
            kept[index] = replace(one, value=round(one.value * share_of(numbers.quantities[held])))
            kept.pop(held, None)
        if before is None or one.role not in _HAVE_SHARES or not is_share(before):
            continue
        if is_agreement(numbers.message.plain, before.start, before.end):
            continue
        between = numbers.message.plain[before.end : numbers.quantities[index].start]
        if type(one.value) is int and between.startswith(" of") and _OF.fullmatch(between):
            part = round(one.value * share_of(before))
            kept[index] = replace(one, role=_HAVE_SHARES[one.role], value=part)
            kept.pop(index - 1, None)
    return kept


def _held_back(numbers: Numbers, index: int) -> int | None:
    """Return the place of the share in "we hold back one in twenty of our 3,000": so many are test cases."""
    plain, start = numbers.message.plain, numbers.quantities[index].start
    return next(
        (
            place
            for place, one in enumerate(numbers.quantities)
            if is_share(one)
            and one.end <= start
            and plain.startswith(" of", one.end)
            and _OF.fullmatch(plain, one.end, start)
            and _HELD_BACK.search(plain, 0, one.start)
        ),
        None,
    )


_OF_THEM = (
    r"(?: (?:of (?:them|those|it|that|these|which)|are|is|was|were|has|have|been|seem|look|exact|near|"
    r"actually|really))* "
)
_WORTHLESS = re.compile(
    rf"{_OF_THEM}(?:duplicates?|dupes?|junk|rubbish|trash|crap|garbage|noise|unusable|useless|broken|"
    r"worthless|outdated|mislabell?ed|unchecked|unreviewed)\b"
)
_USABLE = re.compile(rf"{_OF_THEM}(?:usable|good|clean|correct|reviewed|checked|trustworthy|any good)\b")
_MINUS = re.compile(
    r"(?: [a-z]+){0,3}?[ ,(-]*(?:minus|less|except|without|not counting)(?: (?:the|about|some|maybe))* ?~?"
)
_BEFORE_REMOVED = (
    r"(?: [a-z]+){0,3}?[ ,;.(-]*(?:(?:and|but|then|so|of which|after that) )*"
    r"(?:(?:i|[a-z]{2,}) )?(?:(?:had to|ve) )?"
)
_AFTER_REMOVED = r"(?: (?:away|out|off))?(?: (?:about|some|around|roughly|another))* ~?"
_THREW_OUT = (
    r"(?:threw|thrown|tossed|removed|discarded|deleted|excluded|binned|weeded|chucked|scrapped|struck|"
    r"knock(?:ed)?)"
)
_REMOVED = re.compile(rf"{_BEFORE_REMOVED}(?:{_THREW_OUT}|dropped|rejected|took){_AFTER_REMOVED}")
"""Between a count and what was taken off it: that somebody did so."""
_SURELY_REMOVED = re.compile(rf"{_BEFORE_REMOVED}{_THREW_OUT}{_AFTER_REMOVED}")
"""The same where something else may be meant: scores drop, bots reject, and a run takes so many hours."""
_OF_THE_COUNTED = re.compile(r"(?: of (?:them|those|these|it|which))?(?: (?:as|because|for)\b|[^\w ]| ?$)")
_CHECKED = re.compile(rf"{_OF_THEM}(?:reviewed|checked|labell?ed|annotated|verified|approved)\b")
_BESIDE = re.compile(r"(?: [a-z]+){0,3}?[ ,(-]*(?:(?:but|though|only|and|of (?:those|them|these|which)) )*")
_BUT = re.compile(
    r"(?: [a-z]+){0,3}?[ ,(-]*(?:and )?(?:but|though|of (?:those|them|these|which))"
    r"(?: (?:probably|maybe|about))* ~?"
)
"""Between a count and a part of it: what is counted, and that it is less."""


def without_worthless(numbers: Numbers, stated: dict[int, StatedAmount]) -> Iterator[StatedAmount]:
    """Yield what is stated, without the part that is called worthless: "2000 but half are duplicates"."""
    left = dict(stated)
    for index, one in sorted(stated.items()):
        kept = _kept_part(numbers, one) if index in left else None
        if kept is not None:
            is_checked = one.role == "raw_examples_n" and _CHECKED.match(
                numbers.message.plain, numbers.quantities[index + 1].end
            )
            left[index] = replace(one, role="examples_n" if is_checked else one.role, value=kept)
            left.pop(index + 1, None)
    yield from left.values()


def with_removed(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with what is left after some were taken away: "of 900 we threw out 320"."""
    kept = dict(stated)
    for index in range(1, len(numbers.quantities)):
        whole, part = numbers.quantities[index - 1 : index + 1]
        told = stated.get(index - 1) or stated.get(index)
        if (
            told is not None
            and told.role in ("examples_n", "raw_examples_n", "eval_set_n")
            and numbers.is_bare_count(index - 1)
            and _is_taken_off(numbers, index, is_sure=told.role != "eval_set_n" and not is_share(part))
        ):
            kept.pop(index - 1, None)
            removed = whole.said * share_of(part) if is_share(part) else part.said
            left = round(whole.said - removed)
            kept[index] = replace(told, index=index, value=left)
            if told.role == "eval_set_n":
                kept |= _out_of_what_is_left(numbers, index, stated, left)
    return kept


def _out_of_what_is_left(
    numbers: Numbers, index: int, stated: dict[int, StatedAmount], left: int
) -> dict[int, StatedAmount]:
    """Return the scores that were counted out of all cases, out of those that are left, where told after."""
    whole = numbers.quantities[index - 1].said
    again: dict[int, StatedAmount] = {}
    for place, one in stated.items():
        counted = numbers.quantities[place].said
        if place <= index or not numbers.is_bare_count(place) or not 0 < counted <= left:
            continue
        for value, anew in ((counted / whole, counted / left), (1 - counted / whole, 1 - counted / left)):
            if one.value == round(value, 4):
                again[place] = replace(one, value=round(anew, 4))
    return again


def _is_taken_off(numbers: Numbers, index: int, *, is_sure: bool) -> bool:
    """Say whether a number is what was taken off the one before it; `is_sure` where nothing else drops."""
    whole, part, plain = numbers.quantities[index - 1], numbers.quantities[index], numbers.message.plain
    if is_share(part):
        is_less = _OF_THE_COUNTED.match(plain, part.end) is not None
    else:
        is_less = numbers.is_bare_count(index) and part.said < whole.said
    removed = _REMOVED if is_sure else _SURELY_REMOVED
    return is_less and removed.fullmatch(plain, whole.end, part.start) is not None


def _kept_part(numbers: Numbers, one: StatedAmount) -> int | Range | None:
    """Return what the number after a count leaves of it; None when it takes nothing away."""
    is_count = one.role in COUNTS and one.role != "label_count" and isinstance(one.value, int | Range)
    if not is_count or one.index + 1 == len(numbers.quantities):
        return None
    whole, part, plain = (
        numbers.quantities[one.index],
        numbers.quantities[one.index + 1],
        numbers.message.plain,
    )
    if part.start < whole.end:
        return None  # the share that "30 of our 500" makes
    between = plain[numbers.units[one.index].end : part.start]
    is_bad = _WORTHLESS.match(plain, part.end) is not None
    if is_share(part):
        is_said = (is_bad or _USABLE.match(plain, part.end)) and _BESIDE.fullmatch(between)
        left = 1 - share_of(part) if is_bad else share_of(part)
    else:
        is_less = not part.unit and not numbers.units[one.index + 1].dimension and part.said < whole.said
        is_said = (_BUT if is_bad else _MINUS).fullmatch(between) if is_less else None
        left = 1 - part.said / whole.said if is_less else 0
    return _scaled(one.value, left) if is_said else None


def _scaled(value: FactValue | None, share: float) -> int | Range | None:
    if isinstance(value, Range):
        low, high = (None if end is None else round(end * share) for end in (value.min, value.max))
        return Range(min=low, max=high)
    assert isinstance(value, int)
    return round(value * share)


def share_of(quantity: Quantity) -> float:
    """Return how much of something a part of it is."""
    return quantity.middle if quantity.unit == "share" else quantity.said / 100


def is_share(quantity: Quantity) -> bool:
    """Say whether it is a part of something: "half", "40 %"."""
    return quantity.unit in ("share", "percent")


_PLUS = re.compile(r"[^.;!?]{0,40}?(?:\bplus\b|\+|\banother\b|\bas well as\b|\band\b)[^.;!?\d]{0,20}")


def added_up(numbers: Numbers, stated: Iterator[StatedAmount]) -> Iterator[StatedAmount]:
    """Yield what is stated, two amounts of one fact added up when "plus" joins them in one sentence."""
    last: StatedAmount | None = None
    for one in sorted(stated, key=lambda each: each.index):
        if last is not None and _is_sum(numbers, last, one):
            assert isinstance(last.value, int)
            assert isinstance(one.value, int)
            last = replace(one, value=last.value + one.value, share=max(last.share, one.share))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


_ADDED_UP = (COUNTS | SIZES | {"budget_usd"}) - {"label_count"}
_ADDS = re.compile(r"\bplus\b|\+|\banother\b|\bas well as\b")
_A_PART = re.compile(r"\b(?:it|we|they|of (?:them|those|which|these))\b")
_WANTED = re.compile(r"\b(?:need|want|require|aim|target|goal|should|plan|hope)")
_PART_AFTER = re.compile(
    r" of (?:them|those|these|which)\b|(?: (?:have|has|are|were|is) (?:been )?(?!from|by))|"
    r" (?:[a-z]+ )?(?:unreviewed|unchecked|unlabell?ed|raw|pending|we(?:d| would) have to)\b"
)
"""Words by which the second of two numbers joined by "and" is a part of the first, or something else."""


def _is_sum(numbers: Numbers, first: StatedAmount, second: StatedAmount) -> bool:
    is_amount = first.role in _ADDED_UP
    if (
        first.role != second.role
        or not is_amount
        or type(first.value) is not int
        or type(second.value) is not int
    ):
        return False
    between = numbers.message.plain[numbers.units[first.index].end : numbers.quantities[second.index].start]
    is_part = _A_PART.search(between) or _PART_AFTER.match(
        numbers.message.plain, numbers.units[second.index].end
    )
    return (
        bool(_PLUS.fullmatch(between))
        and (bool(_ADDS.search(between)) or not is_part)
        and not _WANTED.search(between)
        and not _is_set_aside(numbers, second.index)
    )


_ASIDE = re.compile(
    r"\b(?:aside|test|tests|testing|eval|evals|evaluation|held|holdout|validation|validating)\b"
)


def _is_set_aside(numbers: Numbers, index: int) -> bool:
    """Say whether the words after a number keep it for testing, and not for learning."""
    start = numbers.quantities[index].end
    return bool(_ASIDE.search(numbers.message.plain, start, numbers.message.sentence_at(start).end))
