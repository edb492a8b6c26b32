"""Scores of one message beside each other: what they are counted out of, and the cases that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.understanding.number_values import Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_SCORES = ("baseline_score", "target_score")
_FEW_CASES = 40
"""Scores of a set so small are told by how many pass, if all of them are numbers that it can hold."""


def out_of_the_same(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, all scores out of the cases where one is: "64 cases, 41 pass, needs 60"."""
    cases = next((one.value for one in stated.values() if one.role == "eval_set_n"), None)
    scores = sorted((one for one in stated.values() if fact_of(one.role) in _SCORES), key=_fact)
    if type(cases) is not int or not all(_may_count(numbers, one, cases) for one in scores):
        return stated
    counted = [one for one in scores if not _is_of_a_hundred(numbers, one)]
    if not counted and cases > _FEW_CASES:
        return stated
    kept, best = dict(stated), 0.0
    for one in scores:
        value = one.value
        if one not in counted:
            share = round(numbers.quantities[one.index].said / cases, 4)
            # What is needed is more than there is: a smaller number says how many may fail.
            is_of_failures = one.role.endswith("_error") or share < best
            counted_out = round(1 - share, 4) if is_of_failures else share
            value = value if counted_out < best else counted_out
        assert isinstance(value, float)
        best = max(best, value)
        kept[one.index] = replace(one, value=value)
    return kept


def with_lower_as_today(stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the lower of two scores that seem to be needed as the one there is."""
    scores = [one for one in stated.values() if fact_of(one.role) in _SCORES]
    values = {one.index: one.value for one in scores if isinstance(one.value, float)}
    if [_fact(one) for one in scores] != ["target_score"] * 2 or len(set(values.values())) < len(scores):
        return stated
    lower = min(values, key=values.__getitem__)
    return {**stated, lower: replace(stated[lower], role="baseline_score")}


def _fact(one: StatedAmount) -> str:
    return fact_of(one.role)


def _may_count(numbers: Numbers, one: StatedAmount, cases: int) -> bool:
    return numbers.is_bare_count(one.index) and 1 < numbers.quantities[one.index].said <= cases


def _is_of_a_hundred(numbers: Numbers, one: StatedAmount) -> bool:
    percent = numbers.quantities[one.index].said / 100
    return one.value in (round(percent, 4), round(1 - percent, 4))


_ROUND = (20, 50, 100, 1000)
"""Wholes of which people speak without counting: "15 in 100"."""


def with_whole(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the 60 of "41 of 60 pass": so many cases there are."""
    kept = dict(stated)
    if any(one.role == "eval_set_n" for one in stated.values()):
        return kept
    for one in stated.values():
        share = numbers.quantities[one.index]
        if not share.whole or share.whole in _ROUND or one.role not in ("baseline_score", "baseline_error"):
            continue
        for index, quantity in enumerate(numbers.quantities):
            value = numbers.value(index, "eval_set_n")
            if quantity.end == share.end and quantity.said == share.whole and value is not None:
                kept.setdefault(index, replace(one, index=index, role="eval_set_n", value=value))
    return kept
