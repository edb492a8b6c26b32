"""A score that has fallen: "it was 90 in spring and is 78 since the new product lines" is at 78 today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.understanding.amount_parts import is_share
from bot.understanding.message import Message
from bot.understanding.number_values import Numbers
from bot.understanding.numbers import Quantity, find_quantities
from bot.understanding.stated_amount import StatedAmount

_WAS = re.compile(
    r"\b(?:was|used to be|had been|were|started (?:out )?at)(?:,? (?:at|about|around|over|once|still|really|"
    r"very|quite|so|great|good|fine|ok|excellent|solid|perfect|right|in|last|spring|summer|autumn|winter|year|month))*"
    r",? ?~?$"
)
"""Before the earlier score."""
_IS = re.compile(
    r"\b(?:is|are|its|now|came out|came in|comes out|stands|sits|fell|dropped|slid|slipped|went|down|gets|"
    r"got|at|scored|scores|measured|only)"
    r"(?: (?:now|down|at|to|only|just|about|around|barely|still|back))* ?~?$"
)
"""Before the later one."""
_CHANGED = re.compile(
    r"\b(?:since|now|after|lately|meanwhile|then|sliding|slid|slipp\w+|dropp\w+|fell|fallen|falling|declin\w+|"
    r"degrad\w+|down|currently|today|these days|last (?:month|week|quarter)s?)\b"
)
_NO_SCORE = re.compile(
    r"\b(?:target|goal|bar|needs?|needed|required?|errors?|fail\w*|wrong|reject\w*|complain\w*|escalat\w*|latency|"
    r"seconds?|costs?|price|bill|volume|traffic|agree\w*|kappa|humans?|people|staff|team|if|would|could|should|"
    r"might|mini|nano|small\w*|competitor\w*|vendors?|prompts?|churn|tokens?|load|budget|share of)\b"
)
_ENDS = re.compile(
    r" ?(?:%|percent)?"
    r"(?=\s*(?:[.,;:!?)]|$)| (?:since|now|after|because|in|and|but|last|before|until|when|then)\b)"
)
_FAR = 200
_FEWEST_POINTS, _HUNDRED = 20, 100


def with_fallen(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the later score as today's."""
    kept = dict(stated)
    for earlier, later in _falls(numbers.message, numbers.quantities):
        told = {stated[index].role for index in (earlier, later) if index in stated}
        value = numbers.value(later, "baseline_score")
        if told == {"baseline_score"} and value is not None:
            kept.pop(earlier, None)
            kept[later] = StatedAmount(later, "baseline_score", value, 1.0)
    return kept


def tells_that_it_was_more(message: Message) -> bool:
    """Say whether a score is said to have been more than it is."""
    return any(_falls(message, find_quantities(message)))


def _falls(message: Message, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Yield the places of a score that was and of the smaller one that is."""
    plain = message.plain
    for first, one in enumerate(quantities):
        begin = message.sentence_at(one.start).start
        if not _may_score(plain, one) or not _WAS.search(plain, begin, one.start):
            continue
        for second in range(first + 1, len(quantities)):
            other = quantities[second]
            if (
                _may_score(plain, other)
                and other.said < one.said
                and other.unit in ("", one.unit)
                and other.start - one.end < _FAR
                and _IS.search(plain, one.end, other.start)
                and _CHANGED.search(plain, one.end, message.segment_at(other.start).end)
                and not _NO_SCORE.search(plain, begin, message.segment_at(other.start).end)
            ):
                yield first, second
                break


def _may_score(plain: str, quantity: Quantity) -> bool:
    if quantity.whole or _ENDS.match(plain, quantity.end) is None:
        return False
    is_bare = not quantity.unit and quantity.value is not None and plain[quantity.end - 1].isdigit()
    return (is_share(quantity) or is_bare) and _FEWEST_POINTS <= quantity.said <= _HUNDRED
