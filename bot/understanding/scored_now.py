"""A bare score in a remark: "91 now, with six example dialogs", "that scored 69 on the 200".

Of a case that has a score or a need already, whoever tells what it gets now tells the score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before
from bot.understanding.units import share_of_percent

_MEASURED = (
    r"(?! ?(?:k|m|ms|s|sec\w*|minutes?|hours?|days?|weeks?|months?|gb|b|x|euros?|usd|tokens?|pages?|"
    r"examples?|cases|labels|of \d)\b)(?![\d.]*\d)"
)
_SCORE = rf"[2-9]\d(?:\.\d)?(?: ?%)?{_MEASURED}"
_FOLLOWS = r"(?= ?(?:[.,;:!)]|$)| (?:now|today|on (?:the|our|all|those|\d+)|of (?:the|our)|with|and|but)\b)"
_NOW = re.compile(
    rf"(?:^|[.,;:!] )(?:its? (?:is )?(?:at )?|we are at |were at |up to |now )?(?P<now>{_SCORE}) "
    r"(?:now|today)\b"
    r"|\b(?:it|that|this|prompt|model|one|we|bot|agent|mini|classifier) (?:now )?"
    r"(?:is (?:now )?at|are (?:now )?at|scores?|scored|reach(?:es|ed)|got to|went (?:up )?to) "
    rf"(?:now |about |only )?(?P<got>{_SCORE}){_FOLLOWS}"
    rf"|(?:^|[.,;:!] )were (?:now |still |already |only )*at (?P<are>{_SCORE}){_FOLLOWS}"
)
_NOT_YET = re.compile(
    r"\b(?:if|would|could|should|might|may|will|hope\w*|want\w*|need\w*|target|goal|expect\w*|was|were|"
    r"used to|last)\b[^.,;:!?]{0,30}$"
)


def with_score_now(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, with the score that a remark tells, where nothing else was taken for it."""
    told = {one.fact for one in found if one.value is not None}
    known = understand(earlier).facts
    is_scored = known.baseline_score is not None or known.target_score is not None
    if pending is not None or not is_scored or told & {"baseline_score", "small_model_ok", "agreement"}:
        return list(found)
    for now in _NOW.finditer(message.plain):
        start, end = next(now.span(kind) for kind in ("now", "got", "are") if now[kind])
        is_open = _NOT_YET.search(message.plain, 0, start) or is_denied_before(message, start)
        is_another = any(one.start == start and one.value is not None for one in found)
        if not (is_open or is_another):
            return [*found, Found("baseline_score", share_of_percent(message.plain[start:end]), start, end)]
    return list(found)
