"""Kinds of which there are few: "about 400 of the tags have fewer than 20 articles".

The first number counts kinds of which something is said, the second what there is of each. Neither is how
many kinds there are, nor how many examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.understanding.number_values import COUNTS, Numbers
from bot.understanding.stated_amount import StatedAmount

_KINDS = r"(?:tags|kinds|classes|queues|labels|categories|topics|types|intents|codes|folders|buckets)"
_MEASURE = (
    r"(?:(?:fewer|less|more) than|under|over|below|above|at (?:least|most)|only|just|hardly|barely|no|none|"
    r"zero|a few|a handful|very few|almost no)"
)
_OF_THE_KINDS = re.compile(
    rf" of (?:the|our|its|those|these|all(?: the| our)?)(?: [\d,.]+k?)?(?: (?!same\b)[a-z]+)? {_KINDS} "
    r"(?:have|has|had|hold|holds|contain|got|get|gets|occur in|appear in|come with)(?: (?:even|still|got))* "
    rf"{_MEASURE} "
)
"""After the number."""
_ALL = re.compile(r"\b(?:all|each of the|every one of the) ~?$")
"""Before it: so many there are."""


def without_few_of_a_kind(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, without counts of some kinds and of what there is of each."""
    others = set(_of_some_kinds(numbers))
    return {index: one for index, one in stated.items() if one.role not in COUNTS or index not in others}


def _of_some_kinds(numbers: Numbers) -> Iterator[int]:
    """Yield the places of such a count, and of the number that is of each of the kinds."""
    for index, quantity in enumerate(numbers.quantities):
        told = _OF_THE_KINDS.match(numbers.message.plain, quantity.end)
        if told is None or quantity.whole:
            continue
        if not _ALL.search(numbers.message.plain, 0, quantity.start):
            yield index
        yield from (
            place
            for place, one in enumerate(numbers.quantities)
            if told.start() < one.start <= told.end() <= one.end + 1
        )
