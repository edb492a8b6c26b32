"""A tuning told with what came of it: "we did the tuning. 78% untouched now vs 52 before".

Whether it worked hangs on whether the score rose, and today's score is that of the tuned model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.decision.facts import Facts
from bot.decision.statements import Statement, understand
from bot.understanding.agreement import share_said
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity, find_quantities

_TUNED = re.compile(
    r"\b(?:we|i)(?: (?:have|ve|did|already|just|finally|now|then|also))* "
    r"(?:fine[- ]?tuned|tuned (?:it|the (?:model|mini|small one|nano)|a model)|"
    r"(?:do|did|done|ran|finished) (?:the|a|our) (?:fine[- ]?)?tun(?:e|ing))\b"
    r"|\b(?:the |our )?(?:fine[- ]?tun(?:e|ing)|tuning) (?:is|was) (?:done|finished|through|complete|ready)\b"
    r"|^\W*(?:ok |so |update: |news: )*fine[- ]?tuned\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:if|would|could|should|will|might|going to|plan\w*|hop(?:e|ing|efully)\w*|havent|have not|never|"
    r"not yet|didnt|other|another|vendors?|competitors?|they|says?|said|claims?|errors?|fail\w*|wrong|"
    r"latency|seconds?|ms|costs?|tokens?|prices?|cents?|training|loss|epochs?|overfit\w*|rag|retrieval|"
    r"few-?shot|examples? in|big\w*|large\w*|opus|sonnet|gpt\S*|claude\S*|gemini\S*|humans?|experts?|"
    r"agree\w*|forg[eo]t\w*)\b"
)
"""Where one of these stands, the scores may be of something else than the tuned model."""
_PROMPT_TUNED = re.compile(
    r"\btuned (?:the |our |its )?(?:prompts?|retriev\w+|search|rag|chunk\w*|embedd\w+|"
    r"threshold\w*|temperature)\b"
)
_FINE_TUNED = re.compile(r"\b(?:fine[- ]?tun\w+|(?:the|our) tuning)\b")
_ON_SO_MANY = r"(?: (?:on|with) (?:about |our |the )?[\d,.]+k? (?:[a-z-]+ )?[a-z-]+)?"
_TO_ITS_SCORE = re.compile(
    rf"{_ON_SO_MANY}"
    r"(?:[ ,;.:(-]|\b(?:and|so|it|its|that|this|which|now|then|the|our|accuracy|f1|score|quality|"
    r"pass|rate|went|rose|fell|jumped|climbed|improved|dropped|goes|moved|slipped|up|down|got|gets|reached|hit|is|at|"
    r"to|from|took|takes|brought|brings|lifted|raised|us|results?|we|are|about|around|only|just|scores?|scored|came|"
    r"out|after|mini|nano|model|small|one|for|prompt)\b|%|\d\d(?=%? for the prompt\b))*~?"
)
"""Between the tuning and the first of the scores: that it is the model's."""
_FROM_TO = re.compile(r"(?: ?%)?(?: (?:right|correct))? (?:up |down )?to (?:about )?~?")
_ARROW = re.compile(r"(?: ?%)? ?(?:->|→) ?")
_SIZE_BEFORE = re.compile(r"\b(?:on|with|for|using|of)(?: (?:about|around|some))* ~?$")
"""Then it is what they trained on."""
_FROM = re.compile(r"\bfrom (?:about )?~?$")
_WORDS = r"(?: (?!to\b|from\b|and\b|or\b|need\w*|target\b|examples\b|tickets\b|cases\b)[a-z-]+){0,3}"
_VERSUS = re.compile(
    rf"(?: ?%)?{_WORDS}[,;]? (?:vs|versus|against|up from|down from|instead of|compared (?:to|with)|was|"
    r"it was|before it was)(?: (?:only|about|just))* ?~?"
)
_BEFORE = re.compile(
    r" ?%?(?: [a-z]+)? (?:before|untuned|previously|earlier|for the (?:old )?prompt|"
    r"with (?:the|just the|only the) (?:old )?prompt|from the prompt|the prompt|base|in the prompt|prior)\b"
)
_SURELY_BEFORE = re.compile(r"\b(?:up from|down from|was|instead of)\b")
_GOT = re.compile(
    r"\b(?:got|gets|get|reached|reaches|scores|scored|its at|it is at|now at|came out at|is at|hit)"
    r"(?: (?:to|about|around|only|just|up))* ?~?$"
)
_STOPS = r"(?=\s*(?:[.,;:!?)]|$)| (?:on|of the time|in our|so|but|and|vs|versus|instead of|up from|was)\b)"
_ENDS = re.compile(
    r" ?(?:%|percent|points)?"
    r"(?: (?:right|correct|untouched|unedited|accepted|approved|accuracy|tuned|fine-tuned|after))?"
    rf"(?: now)?{_STOPS}"
)
_NOW = re.compile(rf" ?(?:%|percent)?(?: (?:right|correct|untouched|accepted))? now{_STOPS}")
_SHORT = re.compile(
    r"\b(?:short of|short\b|below|under|not enough|missing|away from|still (?:not|below)|off)\b"
)
_FEWEST_POINTS, _HUNDRED = 20, 100


@dataclass(frozen=True, slots=True)
class _Result:
    """What the tuned model scores, and what there was before it where that is told."""

    score: Quantity
    before: float | None
    start: int
    end: int


def with_tuned_score(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> list[Found]:
    """Return what was found, with what came of a tuning as its scores tell it."""
    own = list(found)
    if _PROMPT_TUNED.search(message.plain) and not _FINE_TUNED.search(message.plain):
        own = [one for one in own if one.fact != "tried_finetune"]
    known = understand(earlier).facts
    result = _result(message, known)
    if result is None:
        return own
    score = share_said(result.score)
    own = [one for one in own if not _is_set_right(message, one, result, known)]
    own.append(Found("baseline_score", score, result.score.start, result.score.end))
    if result.before is not None:
        came = "worked" if score > result.before else "worse" if score < result.before else "failed"
        own = [one for one in own if one.fact != "tried_finetune"]
        own.append(Found("tried_finetune", came, result.start, result.end))
    return own


def _is_set_right(message: Message, one: Found, result: _Result, known: Facts) -> bool:
    """Say whether something was misheard in it: another score of today, or that they are content."""
    if one.fact == "baseline_score":
        return True
    if one.fact == "target_score":
        return result.start <= one.start < result.end
    is_missed = known.target_score is not None and share_said(result.score) < known.target_score
    is_content = (one.fact, one.value) == ("satisfied", True)
    sentence = message.sentence_at(result.score.start)
    return is_content and (is_missed or _SHORT.search(message.plain, result.end, sentence.end) is not None)


def _result(message: Message, known: Facts) -> _Result | None:
    tuned = _TUNED.search(message.plain)
    if tuned is None or _OF_SOMETHING_ELSE.search(message.plain) or message.plain.rstrip().endswith("?"):
        return None
    plain = message.plain
    scores = [
        one for one in find_quantities(message) if one.start > tuned.start() and _is_score(message, one)
    ]
    its = [one for one in scores if _TO_ITS_SCORE.fullmatch(plain, tuned.end(), one.start)]
    for first, second in pairwise(scores):
        told = _compared(message, first, second) if first in its else None
        if told is not None:
            return _Result(told[0], share_said(told[1]), first.start, second.end)
    alone = [
        one
        for one in its
        if _ENDS.match(plain, one.end)
        and (_GOT.search(plain, tuned.end(), one.start) or _NOW.match(plain, one.end))
    ]
    if len(alone) != 1:
        return None
    # What was known may be the tuned model's own score, told a second time.
    is_known_before = known.tried_finetune in (None, "none") and known.baseline_score is not None
    before = known.baseline_score if is_known_before else None
    return _Result(alone[0], before, alone[0].start, alone[0].end)


def _compared(message: Message, first: Quantity, second: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return the score after the tuning and the one before it, of two beside each other."""
    plain = message.plain
    if _ENDS.match(plain, second.end) is None and _BEFORE.match(plain, second.end) is None:
        return None
    is_from = _FROM.search(plain, 0, first.start) and _FROM_TO.fullmatch(plain, first.end, second.start)
    if is_from or _ARROW.fullmatch(plain, first.end, second.start):
        return second, first
    is_size = _SIZE_BEFORE.search(plain, 0, first.start)
    if is_size or not _VERSUS.fullmatch(plain, first.end, second.start):
        return None
    is_later = _BEFORE.match(plain, first.end) is not None
    is_sure = _BEFORE.match(plain, second.end) or _SURELY_BEFORE.search(plain, first.end, second.start)
    if is_later:
        return None if is_sure else (second, first)
    return (first, second) if is_sure or first.said > second.said else None


def _is_score(message: Message, quantity: Quantity) -> bool:
    if quantity.whole:
        return False
    is_bare = not quantity.unit and quantity.value is not None and message.plain[quantity.end - 1].isdigit()
    return (is_bare or quantity.unit == "percent") and _FEWEST_POINTS <= quantity.said <= _HUNDRED
