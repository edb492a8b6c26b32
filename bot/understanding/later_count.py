"""A count of the same cases later on: "34 of 60 break, down to 19" scores what 41 of 60 make today."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.number_values import Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_LATER = re.compile(
    r"(?:\b(?:to|now|then|today|with (?:it|that|them|this)|after(?:wards?)?(?: it| that)?|since(?: then)?)"
    r"|->|=>|→)"
    r"(?:,? (?:its|it is|there are|theyre|we are at|only|just|about|down to|up to|at))*,? ?~?$"
)
_ENDS = re.compile(
    r" ?(?=[.,;:!?)]|$)| (?:now|left|today|of them|are|is|still|since|after|before|last|this|with|and|but|"
    r"wrong|right|good|bad|ok|okay|pass\w*|fail\w*|br(?:eak|oke)\w*|correct|rejected|reject|failures|failing)\b"
)
_FAILS = re.compile(
    r"\b(?:br(?:eak|eaks|oke|oken)|fail(?:s|ed|ing)?|wrong|invalid|bad|bounced?|rejected|reject|came back|"
    r"comes? back|missed|misses|missing|malformed|errors?|mistakes|unusable|redone|rewritten|off)\b"
)
_PASSES = re.compile(
    r"\b(?:pass(?:es|ed|ing)?|right|correct(?:ly)?|good|fine|ok|okay|usable|accepted|solved|parsed?|valid|"
    r"hits?|match(?:es|ed)?)\b"
)
_FEWEST_CASES = 10


def with_later_count(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the score that a count later in time makes of the same cases.

    Only where a word says whether the cases counted pass or fail.
    """
    kept = dict(stated)
    for index, share in enumerate(numbers.quantities):
        is_free = index not in stated or fact_of(stated[index].role) == "baseline_score"
        later = _counted_after(numbers, index) if is_free and share.whole >= _FEWEST_CASES else None
        if later is None:
            continue
        fails, passes = (_tells(numbers, index, later, words) for words in (_FAILS, _PASSES))
        if fails == passes:
            continue
        part = numbers.quantities[later].said / share.whole
        kept.pop(index, None)
        kept[later] = StatedAmount(later, "baseline_score", round(1 - part if fails else part, 4), 1.0)
    return kept


def _tells(numbers: Numbers, index: int, later: int, words: re.Pattern[str]) -> bool:
    """Say whether such a word stands in the sentences of the two counts, up to the later clause's end."""
    message = numbers.message
    start = message.sentence_at(numbers.quantities[index].start).start
    end = message.segment_at(numbers.quantities[later].start).end
    return words.search(message.plain, start, end) is not None


def _counted_after(numbers: Numbers, index: int) -> int | None:
    """Return the bare count that follows a share, of a time after it."""
    share, plain = numbers.quantities[index], numbers.message.plain
    following = [place for place, one in enumerate(numbers.quantities) if one.start >= share.end]
    if not following:
        return None
    later = following[0]
    count = numbers.quantities[later]
    is_of_them = numbers.is_bare_count(later) and count.said < share.whole and count.said == round(count.said)
    is_after = _LATER.search(plain, share.end, count.start)
    return later if is_of_them and is_after and _ENDS.match(plain, count.end) else None
