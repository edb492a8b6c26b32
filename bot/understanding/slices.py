"""A part of the cases told beside what is known of all: "finance is at 12 of 22", "went through 50 of them".

It is no new size of the test set, nor are fewer examples there because some were looked at again. Where a
score is told of all together, that is the score, and not one of a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.decision.facts import Range, lowest, surely_below
from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.units import share_of_percent

_OUT_OF = re.compile(r"\d (?:out )?of (?:(?:the|those|these|them|all|our) )*\d+$|\d ?/ ?\d+$")
_A_NEW_SET = re.compile(r"\b(?:new|fresh|another|smaller|replaced|cut|down to|left|reduced) [^.;!?]{0,30}$")
_LOOKED_AT = re.compile(
    r"\b(?:(?:looked|gone|went|going|read|reading|sat|dug|combed|sifted)"
    r"(?: (?:at|through|over|into|down with))?|(?:spot-?)?checked|audited|sampled|re-?read|re-?checked|"
    r"discussed|settled|resolved)"
    r"(?: (?:all|about|some|the|our|those|these|a|random|sample|of|another))* ~?$"
)
_FEWER = re.compile(r"\b(?:not|no longer|only|just|turns? out|lost|threw|deleted|remain\w*|left|instead)\b")
_OF_ALL = re.compile(
    r"\b(?:together|overall|altogether|all in all|in total|combined|all told|on average)"
    r"(?:,? (?:it|its|we|were|thats|they|theyre|that|the \w+))?"
    r"(?: (?:is|are|at|still|now|about|around|reach(?:es)?|gets?|scores?|comes? (?:out )?(?:to|at)|makes?))*"
    r" ?:? (?P<score>\d\d(?:\.\d+)?) ?(?:%|percent)"
)


def without_slices(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found in news, without sizes of a part, and with the score of all together."""
    if pending is not None or not earlier:
        return list(found)
    known = understand(earlier).facts
    kept = [
        one
        for one in found
        if not (
            (one.fact == "eval_set_n" and _is_a_part(message, one, lowest(known.eval_set_n)))
            or (one.fact == "examples_n" and _was_looked_at(message, one, lowest(known.examples_n)))
        )
    ]
    whole = _OF_ALL.search(message.plain)
    if whole is None or not any(one.fact == "baseline_score" for one in kept):
        return kept
    start, end = whole.span("score")
    score = share_of_percent(whole["score"])
    return [
        replace(one, value=score, start=start, end=end) if one.fact == "baseline_score" else one
        for one in kept
    ]


def _is_a_part(message: Message, one: Found, known: int) -> bool:
    is_fewer = isinstance(one.value, int | Range) and surely_below(one.value, known)
    start = message.sentence_at(one.start).start
    is_of_a_share = _OUT_OF.search(message.plain[start : one.end]) is not None
    return is_fewer and is_of_a_share and _A_NEW_SET.search(message.plain[start : one.start]) is None


def _was_looked_at(message: Message, one: Found, known: int) -> bool:
    is_fewer = isinstance(one.value, int | Range) and surely_below(one.value, known)
    sentence = message.sentence_at(one.start)
    is_corrected = _FEWER.search(message.plain, sentence.start, one.start) is not None
    return is_fewer and not is_corrected and _LOOKED_AT.search(message.plain, 0, one.start) is not None
