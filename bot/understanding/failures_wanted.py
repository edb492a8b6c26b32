"""How many failures are too many: "it is wrong in 1 of 20 runs, we need 1 in 100".

A need told in the terms of what fails today is one of failures, too; nobody needs one right answer in
a hundred of what is right in nineteen of twenty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.decision.statements import Statement, understand
from bot.understanding.amount_parts import is_share, share_of
from bot.understanding.found import Found
from bot.understanding.number_values import Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_FEW = 0.2
"""A larger share is no tolerable part of failures, and may be a modest score that is wanted."""
_NEEDED = re.compile(
    r"\b(?:needs?|wants?|(?:should|must|has to|have to|needs to|ought to) (?:be|get to|come down to)|target|"
    r"goal|allowed|tolerate|accept)"
    r"(?: (?:is|of|it|to|be|at|most|about|only|just|a|rate|get|down|under|below|less|than|no|more))*:? ?~?$"
)
_AT_MOST = re.compile(
    r"\b(?:at (?:the )?most|(?:no|not) more than|not above|max(?:imum)?(?: of)?)(?: about)? ?~?$"
)
_THINGS = (
    r"(?: (?:of (?:the |our )?)?(?:them|runs?|cases?|times|answers?|replies|reply|outputs?|requests?|calls?|"
    r"tickets?|documents?|docs|mails?|e-?mails?|questions?|queries|messages?|texts?|summaries|records?|rows))?"
)
_ENDS = re.compile(rf"{_THINGS}(?: (?:or (?:less|fewer|better)|at (?:the )?most|tops))?(?=\s*(?:[.,;!?)]|$))")
_IS_TOLERABLE = re.compile(
    rf"{_THINGS}(?:(?: (?:is|are|would be|being|to be|may|can|could|should)(?: be)?)? "
    r"(?P<fine>ok|okay|fine|acceptable|tolerable|tolerated|allowed)"
    r"| (?:may|can|could|should)(?: be)? (?:wrong|fail|go wrong|off))(?=\s*(?:[.,;!?)]|$))"
)
_OF_FAILURES = re.compile(
    r"\b(?:wrong|fail\w*|errors?|mistakes?|incorrect|missed|misses|hallucinat\w+|false|invalid|broken|rejected)\b"
)
"""What is "ok" may be a discount or a delay, where neither failures nor a score are named."""


def with_failures_wanted(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with a need of few failures as the score that leaves no more."""
    kept = {index: one for index, one in stated.items() if not _is_part_of_a_need(numbers, one)}
    today = _today(numbers, stated)
    scored = {index for index, one in stated.items() if fact_of(one.role) == "baseline_score"}
    for index, quantity in enumerate(numbers.quantities):
        told = kept.get(index)
        is_open = told is None or fact_of(told.role) in ("target_score", "baseline_score")
        is_few = is_share(quantity) and 0 < share_of(quantity) < _FEW
        if (
            is_few
            and is_open
            and index != today
            and _is_wanted(numbers, index, today, is_scored=bool(scored - {index}))
        ):
            value = round(1 - share_of(quantity), 4)
            kept[index] = StatedAmount(index, "target_error", value, 1.0)
        elif told is not None and (
            _is_less_than_today(told, stated) or (is_few and is_open and _may_be_at_most(numbers, index))
        ):
            kept.pop(index)
    return kept


def _is_part_of_a_need(numbers: Numbers, one: StatedAmount) -> bool:
    """Say whether it is the 1 or the 10 of "1 in 10", which are no scores of their own."""
    part = numbers.quantities[one.index]
    return fact_of(one.role) == "target_score" and any(
        other.whole and share_of(other) < _FEW and other.start <= part.start < part.end <= other.end
        for other in numbers.quantities
        if other is not part
    )


def _today(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> int | None:
    """Return the place of the share that tells how much fails today; None where none does."""
    return next(
        (
            index
            for index, one in stated.items()
            if fact_of(one.role) == "baseline_score"
            and is_share(numbers.quantities[index])
            and one.value == round(1 - share_of(numbers.quantities[index]), 4)
            and not _AT_MOST.search(numbers.message.plain, 0, numbers.quantities[index].start)
        ),
        None,
    )


def _is_wanted(numbers: Numbers, index: int, today: int | None, *, is_scored: bool) -> bool:
    """Say whether so many failures are needed, or are as many as may be."""
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    is_at_most = _AT_MOST.search(plain, 0, quantity.start)
    tolerable = _IS_TOLERABLE.match(plain, quantity.end)
    if is_at_most and tolerable and (is_scored or not tolerable["fine"] or _OF_FAILURES.search(plain)):
        return True
    if today is None or share_of(quantity) >= share_of(numbers.quantities[today]):
        return False
    is_needed = is_at_most or _NEEDED.search(plain, 0, quantity.start)
    is_all = _ENDS.match(plain, quantity.end) or tolerable
    return index > today and bool(is_needed and is_all)


def _may_be_at_most(numbers: Numbers, index: int) -> bool:
    """Say whether so much of something at most is called fine, which is no score."""
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    tolerable = _IS_TOLERABLE.match(plain, quantity.end)
    return (
        tolerable is not None and bool(tolerable["fine"]) and bool(_AT_MOST.search(plain, 0, quantity.start))
    )


def _is_less_than_today(told: StatedAmount, stated: Mapping[int, StatedAmount]) -> bool:
    """Say whether it would be a need of next to nothing, and of less than there is."""
    scores = [one.value for one in stated.values() if fact_of(one.role) == "baseline_score"]
    value = told.value
    if fact_of(told.role) != "target_score" or not isinstance(value, float) or value >= _FEW:
        return False
    return any(isinstance(one, float) and value < one for one in scores)


_FALLS_SO_FAR = 0.3
"""No need is lowered by more: who allows half a percent of failures and "still wants 0.5" needs no 50%."""


def without_needs_of_less(found: Sequence[Found], earlier: Sequence[Statement]) -> list[Found]:
    """Return what was found, without a need that is far less than what there is, or was needed before."""
    known = understand(earlier).facts
    scores = (one.value for one in found if one.fact == "baseline_score")
    today = next((one for one in scores if isinstance(one, float)), known.baseline_score or 0.0)
    least = max(_FEW, (known.target_score or 0.0) - _FALLS_SO_FAR)
    return [
        one
        for one in found
        if not (one.fact == "target_score" and isinstance(one.value, float) and one.value < min(least, today))
    ]
