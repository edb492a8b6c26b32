"""Counts listed with what they count: "billing 120, tech 80", "bugs, ideas, rants (350 / 120 / 90)"."""

from __future__ import annotations

import re

from bot.understanding.measured import Measured

_NO_NAME = (
    r"(?:un)?(?:reviewed|checked|labell?ed|curated|read|sorted)\b|raw\b|totals?\b|all\b|train\w*\b|tests?\b|eval\w*\b|"
    r"(?:about|around|roughly|maybe|over|under|only|just|up|at|to|from|of|which|but|then|than|or|so|not|no|with|in|"
    r"have|has|had|got|get|are|is|was|were|be|need|needs|want|plus|minus|less|another|now|some|each|per|"
    r"the rest)\b"
)
_NAME = rf"(?!(?:[\w'&-]+ )?(?:{_NO_NAME}))[a-z][\w'&-]*(?: [a-z][\w'&-]*)?"
_FIRST = re.compile(rf"(?:^|[:.] |\n)[ *-]*{_NAME} ?[ :=(]{{1,2}}$")
_NEXT = re.compile(rf" ?\)?(?:,|;| and|,? &|\n|/)[ *-]{{1,3}}(?:and )?{_NAME} ?[ :=(]{{1,2}}")
_OVER = re.compile(r" ?\)?(?: (?:examples|items|each?))?[ ]*(?:[.!;\n]|$)")
_ONLY_A_MARK = re.compile(r" ?(?:/|,|;|\+|and|, and|&) ?")
_AFTER_A_LIST = re.compile(r"\W{1,4}(?:we have |with )?\(?")


def find_named_counts(numbers: Measured) -> tuple[int, ...]:
    """Return the places of counts that are listed with what they count; empty where none are.

    They stand behind a name each, or all of them behind a list of as many names.
    """
    return _behind_their_names(numbers) or _behind_a_list(numbers)


def _behind_their_names(numbers: Measured) -> tuple[int, ...]:
    plain = numbers.message.plain
    run: list[int] = []
    for index, one in enumerate(numbers.quantities):
        if not numbers.is_bare_count(index):
            continue
        if run and _NEXT.fullmatch(plain, numbers.quantities[run[-1]].end, one.start):
            run.append(index)
        elif not run and _FIRST.search(plain, 0, one.start):
            run = [index]
    return tuple(run) if len(run) > 1 and _OVER.match(plain, numbers.quantities[run[-1]].end) else ()


def _behind_a_list(numbers: Measured) -> tuple[int, ...]:
    plain = numbers.message.plain
    for place, kinds in enumerate(numbers.quantities):
        run = range(place + 1, place + 1 + round(kinds.said))
        if kinds.unit != "list" or run.stop > len(numbers.quantities):
            continue
        ends = [kinds.end, *(numbers.quantities[index].end for index in run)]
        between = [(end, numbers.quantities[index].start) for end, index in zip(ends, run, strict=False)]
        if (
            all(numbers.is_bare_count(index) for index in run)
            and _AFTER_A_LIST.fullmatch(plain, *between[0])
            and all(_ONLY_A_MARK.fullmatch(plain, *one) for one in between[1:])
        ):
            return tuple(run)
    return ()
