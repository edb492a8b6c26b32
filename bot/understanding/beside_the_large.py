"""A small model's score beside a large one's: "tried the nano, it gets 71 vs 90 for the big one"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.agreement import share_said
from bot.understanding.message import Message, Part
from bot.understanding.numbers import Quantity, find_quantities

SMALL = r"(?:small\w*|mini|nano|tiny|haiku|flash|lite|little|cheap(?:er)? (?:one|model))"
LARGE = r"(?:large\w*|big\w*|strong\w*|frontier|full(?:-size)?|opus|sonnet|main|current)"
_NAMED = re.compile(rf"\b(?:(?P<small>{SMALL})|{LARGE})\b")
_MODEL_AFTER = re.compile(
    rf" ?(?:%|percent|points)?(?: (?:for|from|by|with|of|on))? (?:the |our |a )?(?:[\w.]+-)?"
    rf"(?:(?P<small>{SMALL})|{LARGE})\b"
)
AGAINST = r"(?:vs|versus|against|instead of|compared (?:to|with)|down from)"
_VERSUS = re.compile(
    rf"(?:[^\w.;!?]*| ?%?(?: (?:for|from|by|with) (?:the |our )?[\w.-]+(?: one| model)?)? ){AGAINST}"
    r"(?: (?:the |our )?[\w.-]+(?: one| model)?s?)? ?~?"
)
_ITS_OWN = re.compile(
    rf" ?%?[,;]?(?: (?:and|while|whereas|where|but))? (?:the |our )?{LARGE}(?: one| model)? "
    r"(?:gets|got|has|had|scores|scored|reaches|makes|is at|does)(?: about| around)? ~?"
)
_NO_SCORE = re.compile(
    r"\b(?:costs?|price[sd]?|pays?|paid|takes?|took|latency|seconds|errors?|mistakes?|fails?|failures|wrong|tokens?|"
    r"cents?|dollars|cheaper|faster|slower|runs in|rated?|stars?|layers?|parameters?|epochs?|examples|of)\b"
    r"[^,;:]{0,24}$"
)
"""Before the first of them: they compare something else."""
_IS_ALL = re.compile(
    r" ?(?:%|percent|points)?(?=\s*(?:[.,;:!?)]|$)| (?:for|on|from|by|with|and|but|over|in) )"
)
_FEWEST_POINTS = 20
"""Fewer bare points may be a rating, a price or a time."""
_HUNDRED = 100
AS_GOOD = 0.03
"""What lies no further below is as good."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a small model scores, and what a large one does; and where both are said."""

    small: float
    large: float
    part: Part

    @property
    def is_short(self) -> bool:
        """Say whether the small one falls short of the large."""
        return round(self.large - self.small, 4) > AS_GOOD


def find_comparisons(message: Message, sentence: Part) -> Iterator[Comparison]:
    """Yield the pairs of scores of which one is a small model's and one a large one's."""
    scores = [one for one in find_quantities(message) if sentence.holds(one.start) and not one.whole]
    for first, second in pairwise(scores):
        if not (_is_score(message, first) and _is_score(message, second)):
            continue
        is_beside = any(
            pattern.fullmatch(message.plain, first.end, second.start) for pattern in (_VERSUS, _ITS_OWN)
        )
        if not is_beside or not _IS_ALL.match(message.plain, second.end):
            continue
        if _NO_SCORE.search(message.plain, message.segment_at(first.start).start, first.start):
            continue
        is_first = _is_the_first(message, sentence, first, second)
        if is_first is not None:
            small, large = (first, second) if is_first else (second, first)
            yield Comparison(share_said(small), share_said(large), Part(first.start, second.end))


def _is_score(message: Message, quantity: Quantity) -> bool:
    if quantity.unit in ("percent", "share"):
        return True
    is_plain = quantity.unit == "" and message.plain[quantity.end - 1].isdigit()
    return is_plain and quantity.value is not None and _FEWEST_POINTS <= quantity.said <= _HUNDRED


def _is_the_first(message: Message, sentence: Part, first: Quantity, second: Quantity) -> bool | None:
    """Say whether the first of two scores is the small model's; None where nothing tells."""
    plain = message.plain
    before = list(_NAMED.finditer(plain, sentence.start, first.start))
    own = _MODEL_AFTER.match(plain, first.end)
    between = list(_NAMED.finditer(plain, own.end() if own else first.end, second.start))
    after = _MODEL_AFTER.match(plain, second.end)
    of_first = own or (before[-1] if before else None)
    of_second = after or (between[-1] if between else None)
    if re.search(rf"\b{AGAINST}\b", plain[sentence.start : first.start]):
        return None  # "nano vs mini: 71 vs 88"
    told = [None if one is None else one["small"] is not None for one in (of_first, of_second)]
    if told[0] is None:
        return None if told[1] is None or not told[1] else False
    return None if told[1] is not None and told[0] == told[1] else told[0]
