"""On how many cases a score was counted: "no fixed test set, the 81% is from 150 tickets that we checked".

Who has no set that stays the same has tested all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.amount_parts import is_share
from bot.understanding.number_values import Numbers
from bot.understanding.stated_amount import StatedAmount

_IS_FROM = re.compile(
    r"(?: (?:right|correct|accuracy|score|figure|number))?(?: (?:is|was|comes|came|stems|are|we got|we get))?"
    r"(?: (?:just|only|really|all))? (?:from|on|over|across|based on|out of)"
    r"(?: (?:a|the|our|sample|set|of|about|maybe|some|roughly|around|only|just|last|those|these))* ~?"
)
_WHO = (
    r"(?:we|i|two|three|both|a|one|our|the|people|persons?|colleagues?|experts?|agents?|lawyers?|doctors?|nurses?|"
    r"editors?|annotators?|raters?|reviewers?|graders?|labell?ers?|testers?|judges?|users?|customers?|clerks?|"
    r"analysts?|moderators?|teachers?|humans?|specialists?|of us)"
)
_CHECKED = re.compile(
    rf" (?!{_WHO}\b|other\b)[a-z-]+(?: (?!{_WHO}\b|who\b)[a-z-]+)?,?(?: (?:that|which))?"
    rf"(?: (?:{_WHO}|had|have|were|was|been|by hand|manually))* "
    r"(?:checked|reviewed|graded|looked at|read|rated|scored|judged|went through|verified)\b"
)


def with_cases_scored_on(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with as many cases as a score is from, and with no "no" in their place."""
    plain = numbers.message.plain
    for index, score in enumerate(numbers.quantities):
        for place in range(index + 1, len(numbers.quantities)):
            cases, told = numbers.quantities[place], stated.get(place)
            if (
                is_share(score)
                and numbers.is_bare_count(place)
                and (told is None or told.role in ("eval_set_n", "examples_n"))
                and _IS_FROM.fullmatch(plain, score.end, cases.start)
                and _CHECKED.match(plain, cases.end)
                and (value := numbers.value(place, "eval_set_n")) is not None
            ):
                kept = {other: one for other, one in stated.items() if not _is_none(numbers, one)}
                return {**kept, place: StatedAmount(place, "eval_set_n", value, 1.0)}
    return dict(stated)


def _is_none(numbers: Numbers, one: StatedAmount) -> bool:
    return one.role == "eval_set_n" and numbers.quantities[one.index].unit == "none"
