"""Which of two shares beside each other is the score: "97% compile, but only 70% return what was asked for".

The first tells of less than what is wanted; what comes after "but only" is what counts. Where nothing tells
two shares apart, and only one of them reaches what is needed, it is not taken for reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.understanding.number_values import Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_RIGHT = (
    r"(?:right|correct(?:ly)?|accurate(?:ly)?|usable|acceptable|accepted|approved|valid|useful|helpful|faithful|"
    r"as (?:asked|wanted|expected|intended))"
)
_HOW = r"(?: (?:actually|really|also|fully|then|truly|even|both|completely|entirely))*"
_STOPS = r"(?=\s*(?:[.,;:!?)]|$)| (?:and|but|when|so|on|in|for|with|at|now|today|to|by|as|enough|too)\b)"
"""No noun of it: "10% valid complaints"."""
_SOME = r"(?: (?!no\b|not\b|never\b|a\b|an\b)[a-z]+){0,3}?"
_DOES = (
    rf"(?: (?:are|is|were|was|come out|came out|turn out|turned out){_HOW}{_SOME} {_RIGHT}{_STOPS}"
    rf"| (?:do|does|have|has|get|gets|got){_HOW}{_SOME} {_RIGHT}"
    rf"|(?: (?:are|is|come out))?{_HOW} {_RIGHT}{_STOPS}"
    r"| (?:returns?|returned|gives?|gave|does?|did|contains?|says?|said|produces?|answers?|answered)"
    r" (?:what|the (?:right|correct|wanted|expected|same|intended))"
    r"|(?: (?:can|could|would))? (?:pass(?:es|ed)?|match(?:es|ed)?|compiles?|works?|worked|runs?|ran)"
    r"(?: (?:the|our|all|every) (?:[a-z]+ )?(?:tests?|checks?|review|gold[a-z]*|reference|schema)"
    r"| correctly)?"
    r"(?=\s*(?:[.,;!?)]|$)| (?:and|but|when|so)\b))"
)
_OF_WHAT = r"(?: of (?:(?:the|our|its|all|those|these) )?(?:[a-z]+ )?(?:them|[a-z]+))?"
_IS_RIGHT = re.compile(rf"{_OF_WHAT}{_HOW}{_DOES}")
"""After the second share: that so many are as they should be."""
_BUT_ONLY = re.compile(
    r"(?: (?!to\b|from\b)[a-z][\w-]*){1,6},?;? (?:but|yet|though|although|however,?)"
    r"(?: (?:only|just|merely|barely|hardly|a mere|about|around|some|roughly|then|of (?:those|these|them)))*"
    r" ?~?"
)
_BESIDE = re.compile(r"(?: (?!to\b|from\b)[a-z][\w-]*){1,6}(?:,| and|, and|;)(?: only| just)? ?~?")
_TOLD_APART = re.compile(
    r"\b(?:without|with|before|after|previous\w*|old|older|earlier|now|today|current\w*|used to|from|went|"
    r"first|then|since|versus|vs|than|instead|mini|nano|small\w*|large\w*|big\w*|haiku|flash|gpt\S*|claude|opus|"
    r"sonnet|gemini|llama\S*|mistral\S*|qwen\S*|\d+b|v\d|tuned|tuning|base|baseline|prompt|version|train\w*|"
    r"humans?|people|staff|agents?|experts?|doctors?|editors|reviewers|users?|customers?|target|goal|needs?|"
    r"overall|average|total|mean|if|would|could|should|might|every\w*|other|competitor\w*|vendors?)\b|->|→"
)
"""Words by which each of two shares belongs to a model, a time or somebody of its own."""
_FAILS = re.compile(
    r"\b(?:wrong|incorrect|fail\w*|errors?|mistakes?|miss\w*|bad|hallucinat\w*|reject\w*|urgent|dangerous|"
    r"unsafe|invalid|broken|labell?ed|needed|required|enough|\w+nt|not|no)\b"
)
_MEASURE = r"(?:precision|recall|accuracy|exact match|f1|faithfulness|groundedness)"
_SCORED = re.compile(rf"(?!.* of )(?: [a-z]+){{0,3}} (?:{_RIGHT}|{_MEASURE})\b{_STOPS}")
_MEASURED = re.compile(rf"\b{_MEASURE} ?~?$")
_ON_A_PART = re.compile(r" (?:on|in|for|among) ")
_PERCENT = 100


def with_share_that_counts(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the score that counts as the only one of today."""
    kept = dict(stated)
    for first, second in _pairs(numbers):
        if not _may_be_todays(kept, first, second):
            continue
        counts = _second_counts(numbers, first, second) or _is_short_beside(numbers, kept, first, second)
        if counts and (value := numbers.value(second, "baseline_score")) is not None:
            kept.pop(first, None)
            kept[second] = StatedAmount(second, "baseline_score", value, 1.0)
    return kept


def _pairs(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Yield the places of two percentages in one sentence, the second of which is the smaller."""
    for index in range(len(numbers.quantities) - 1):
        first, second = numbers.quantities[index : index + 2]
        if (
            first.unit == second.unit == "percent"
            and second.said < first.said
            and numbers.message.sentence_at(first.start).holds(second.start)
        ):
            yield index, index + 1


def _may_be_todays(stated: Mapping[int, StatedAmount], first: int, second: int) -> bool:
    """Say whether the first is taken for today's score, and the second for nothing else."""
    is_first = first in stated and stated[first].role == "baseline_score"
    return is_first and (second not in stated or stated[second].role == "baseline_score")


def _second_counts(numbers: Numbers, first: int, second: int) -> bool:
    """Say whether it stands after "but" that so many, and no more, are as they should be."""
    plain, one, other = numbers.message.plain, numbers.quantities[first], numbers.quantities[second]
    return (
        _BUT_ONLY.fullmatch(plain, one.end, other.start) is not None
        and _IS_RIGHT.match(plain, other.end) is not None
        and not _is_told_apart(numbers, first, second)
    )


def _is_short_beside(numbers: Numbers, stated: Mapping[int, StatedAmount], first: int, second: int) -> bool:
    """Say whether of two scores that nothing tells apart only the first reaches what is needed."""
    targets = [one.value for one in stated.values() if fact_of(one.role) == "target_score"]
    if len(targets) != 1 or not isinstance(targets[0], float) or second not in stated:
        return False
    plain, one, other = numbers.message.plain, numbers.quantities[first], numbers.quantities[second]
    end = numbers.message.segment_at(other.start).end
    is_scored = (
        _IS_RIGHT.match(plain, other.end)
        or _SCORED.match(plain, other.end, end)
        or _MEASURED.search(plain, one.end, other.start)
    )
    return (
        other.said / _PERCENT < targets[0] <= one.said / _PERCENT
        and any(pattern.fullmatch(plain, one.end, other.start) for pattern in (_BUT_ONLY, _BESIDE))
        and is_scored is not None
        and _ON_A_PART.search(plain, other.end, end) is None
        and _FAILS.search(plain, other.end, end) is None
        and not _is_told_apart(numbers, first, second)
    )


def _is_told_apart(numbers: Numbers, first: int, second: int) -> bool:
    """Say whether words beside the two tell whose they are, or of when."""
    plain, one, other = numbers.message.plain, numbers.quantities[first], numbers.quantities[second]
    return any(
        _TOLD_APART.search(plain, start, end)
        for start, end in ((one.end, other.start), (other.end, numbers.message.segment_at(other.start).end))
    )
