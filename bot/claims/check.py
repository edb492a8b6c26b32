"""The check of all choices: each passes every part, or names the first that it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.claims.grounds import Grounds
from bot.language_model import ChosenPoint

Failure = Literal["", "unasked", "repeated", "too many", "unsaid", "beside the point"]
"""Why a choice does not count; "" when it does."""

MOST_LINES = 4
"""Of all reasons: more than that nobody reads."""
MOST_EVIDENCE = 2
MOST_SAID = 2
"""What is put before one sentence."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A choice and what came of it."""

    number: int
    said: tuple[int, ...]
    failure: Failure


def check(chosen: Sequence[ChosenPoint], grounds: Grounds) -> tuple[Checked, ...]:
    """Check choices in the order in which the model made them."""
    checked: list[Checked] = []
    for one in chosen:
        passed = [each for each in checked if not each.failure]
        checked.append(Checked(one.number, one.said, _failure(one, passed, grounds)))
    return tuple(checked)


def _failure(one: ChosenPoint, earlier: Sequence[Checked], grounds: Grounds) -> Failure:
    point = grounds.points.get(one.number)
    if point is None:
        return "unasked"
    if any(one.number == each.number for each in earlier):
        return "repeated"
    if not point.is_ours and _evidence_in(earlier, grounds) >= _room(grounds):
        return "too many"
    if len(one.said) > MOST_SAID:
        return "too many"
    if not all(number in grounds.facts for number in one.said):
        return "unsaid"
    if not point.hangs_on.issuperset(one.said):
        return "beside the point"
    # Told once, it is known.
    told = [*one.said, *(number for each in earlier for number in each.said)]
    return "repeated" if len(set(one.said)) < len(one.said) or len(set(told)) < len(told) else ""


def _evidence_in(passed: Sequence[Checked], grounds: Grounds) -> int:
    return sum(not grounds.points[each.number].is_ours for each in passed)


def _room(grounds: Grounds) -> int:
    ours = sum(point.is_ours for point in grounds.points.values())
    return max(0, min(MOST_EVIDENCE, MOST_LINES - ours))
