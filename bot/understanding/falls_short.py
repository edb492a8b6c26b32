"""A small model that was tried and does not pass: "we tried the mini: editors accept 83%, we need 94".

That people accept, send or like what it writes in so many of a hundred cases is no pass by itself. What is
needed and what there is today tell whether it is one; and the score is that model's, not today's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.decision.facts import Facts
from bot.decision.statements import Statement, understand
from bot.understanding.agreement import share_said
from bot.understanding.beside_the_large import (
    AGAINST,
    LARGE,
    SMALL,
    Comparison,
    find_comparisons,
)
from bot.understanding.found import Found
from bot.understanding.message import Message, Part
from bot.understanding.numbers import Quantity, find_quantities

_NOT_ENOUGH = re.compile(
    r"\b(?:(?:not|isnt|wasnt|arent|werent|hardly|never|nowhere near)(?: (?:really|quite|nearly|yet|at all))* "
    r"(?:enough|good enough|there(?!(?: yet)? (?:with|on|in)\b)|usable|sufficient|acceptable)"
    r"|too (?:low|bad|weak|many (?:errors|mistakes))"
    r"|(?<!not )(?<!no )(?<!hardly )(?<!never )(?P<soft>worse)"
    r"|(?:falls?|fell) short|(?:nobody|no one) likes? it)\b"
)
_FINE = r"(?:ok|okay|fine|enough|good enough|sufficient|acceptable)"
_BUT_FINE = re.compile(rf"[^.;!?]*\b(?:but|though|yet|still)(?: [a-z]+){{0,3}}? {_FINE}\b")
_AS_A_WHOLE = (
    r"(?! (?:only|if|when|unless|on|in|with|except|to|for (?!us\b|me\b|our\b|that\b|this\b|it\b|now\b)))"
)
_PASSES = re.compile(
    rf"(?<!neither )(?<!not )\b(?:both|both of them|all|they|(?:{SMALL}|it|that)(?: (?:one|model))?)"
    r"(?: (?:of them|do|does|also|still|now|even|models|already|easily|clearly|just))*"
    r" (?:pass(?:es|ed)?(?! (?:(?:in|on|only|about|around|some|most|half|under)\b|~?\d))|"
    rf"(?:is|are|was|were)(?: (?:still|also|perfectly|totally|more than|just))* {_FINE})\b{_AS_A_WHOLE}"
    rf"|\b(?:thats|its)(?: (?:still|also|perfectly|totally|more than|just))* {_FINE}\b{_AS_A_WHOLE}"
)
"""In words: what they call a pass needs no score for it."""
_FAILS = re.compile(r"\b(?:fail\w*|neither|none|not|no|never|but|still|only|\w+nt)\b")
_VERSUS = re.compile(r"\W*(?:vs|versus|against|instead of|compared (?:to|with)|down from) ~?")
_TRIED = re.compile(r"\b(?:tried|tested|ran|evaluated|benchmarked|compared)\b")
_NAMES = re.compile(rf"\b(?:(?P<small>{SMALL})|{LARGE}|4o|o\d|(?:gpt|claude|gemini)[\w.]*)\b")
_MORE_OR_LESS = (
    r"(?:cheaper|faster|slower|quicker|shorter|longer|smaller|larger|less|lower|fewer|more|higher|better|worse|off|"
    r"savings?|discount|errors?|mistakes?|failures?|wrong|hallucinat\w+)"
)
_MEANS = r"(?:price|costs?|bill|spend\w*|budget|latency|size|memory|compute|money|traffic|volume|load)"
_OF_ELSE = re.compile(
    rf"(?:,? {AGAINST} ~?[\d.]+ ?%?)?(?: or (?:so|more))?"
    rf"(?: {_MORE_OR_LESS}|(?: (?:of|off|on|in))?(?: (?:the|its|our|their))*(?: [a-z]+)? {_MEANS})\b"
)
"""After a share: so much cheaper, or of the price."""
_ELSE_OF = re.compile(
    r"\b(?:costs?|costing|saves?|saving|savings|price|bill|errors?|error rate|fails|failures|wrong|mistakes?|"
    r"latency)\b[^,;:]{0,20}$"
)
_ON_A_PART = re.compile(r"\b(?:on|with|over|using)(?: (?:about|only|just|the|our|some|around))* ~?$")
_OF_TRIALS = re.compile(r" of (?:the |our |all )?(?:test\w*|requests|calls|queries|prompts)\b")
_SCORES = ("baseline_score", "target_score")
_MUCH_LESS = 0.05
"""So far below today's score nobody calls it a pass."""


def with_small_model_as_scored(
    message: Message, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found; a small model that misses what is asked for fails, and its score is its own."""
    tried = next((one for one in found if one.fact in ("small_model_ok", "tried_small_model")), None)
    if tried is None or tried.value is None:
        return list(found)
    known = understand(earlier).facts
    sentence = message.sentence_at(tried.start)
    stated = {one.fact: one.value for one in found}
    beside = list(find_comparisons(message, sentence)) if tried.value is True else []
    needed = _needed(found, known, beside)
    is_short = _is_short(message, sentence, needed, known.baseline_score, beside)
    has_another_score = known.base_model is not None or known.baseline_score is not None
    was_tried = has_another_score and _TRIED.search(message.plain, sentence.start, sentence.end)
    own_score = _own_score(message, sentence, found, beside)
    passes = not is_short and _reaches(message, sentence, own_score, needed)
    kept = [
        replace(one, value=passes or (one.value is True and not is_short))
        if one.fact == "small_model_ok" and one.value is not None
        else one
        for one in found
        if not (was_tried and one.fact == "baseline_score" and _is_its_own(message, sentence, one))
        and not (one.fact in _SCORES and any(pair.part.holds(one.start) for pair in beside))
    ]
    is_judged = own_score is not None and needed is not None and tried.value is True
    if "small_model_ok" not in stated and ((is_short and beside) or (is_judged and (is_short or passes))):
        kept.append(replace(tried, fact="small_model_ok", value=passes))
    return kept


def _own_score(
    message: Message, sentence: Part, found: Sequence[Found], beside: Sequence[Comparison]
) -> float | None:
    """Return what it scores: beside a large one, or by the score that its sentence tells of nothing else."""
    if beside:
        return beside[0].small
    scores = (
        one.value for one in found if one.fact == "baseline_score" and _is_its_own(message, sentence, one)
    )
    return next((one for one in scores if isinstance(one, float)), None)


def _reaches(message: Message, sentence: Part, score: float | None, needed: float | None) -> bool:
    """Say whether its score is as much as is known to be needed."""
    if score is None or needed is None or _FAILS.search(message.plain, sentence.start, sentence.end):
        return False
    return score >= needed


def _is_its_own(message: Message, sentence: Part, score: Found) -> bool:
    """Say whether a score in a sentence is the small model's, as far as none but that is named before it."""
    named = list(_NAMES.finditer(message.plain, sentence.start, max(sentence.start, score.start)))
    return sentence.holds(score.start) and (not named or named[-1]["small"] is not None)


def _needed(found: Sequence[Found], known: Facts, beside: Sequence[Comparison]) -> float | None:
    """Return what score is needed, by this message or by what was known; one of two compared is no need."""
    said = (
        one.value
        for one in found
        if one.fact == "target_score" and not any(pair.part.holds(one.start) for pair in beside)
    )
    needed = next(said, known.target_score)
    return needed if isinstance(needed, float) else None


def _is_short(
    message: Message,
    sentence: Part,
    needed: float | None,
    today: float | None,
    beside: Sequence[Comparison],
) -> bool:
    """Say whether the sentence tells of too little: in words, below what is needed, or far below another.

    Where it is known what is needed, no more is; nor where they call it a pass.
    """
    passes = _PASSES.search(message.plain, sentence.start, sentence.end) is not None
    if _is_called_short(message, sentence, passes=passes):
        return True
    scores = [
        one for one in find_quantities(message) if sentence.holds(one.start) and _is_score(message, one)
    ]
    if not scores and not beside:
        return False
    its = beside[0].small if beside else share_said(scores[0])
    if needed is not None:
        return its < needed
    others = (
        share_said(later)
        for one, later in pairwise(scores)
        if not beside and _VERSUS.fullmatch(message.plain, one.end, later.start)
    )
    is_less = its < max((today or 0.0) - _MUCH_LESS, *others, 0.0) or any(pair.is_short for pair in beside)
    return is_less and not passes


def _is_called_short(message: Message, sentence: Part, *, passes: bool) -> bool:
    """Say whether words tell that it does not do; "a bit worse, but ok" tells that it does."""
    return any(
        not (said["soft"] and (passes or _BUT_FINE.match(message.plain, said.end(), sentence.end)))
        and (not passes or _is_of_a_small_one(message, said.start()))
        for said in _NOT_ENOUGH.finditer(message.plain, sentence.start, sentence.end)
    )


def _is_of_a_small_one(message: Message, position: int) -> bool:
    segment = message.segment_at(position)
    return any(one["small"] for one in _NAMES.finditer(message.plain, segment.start, position))


def _is_score(message: Message, quantity: Quantity) -> bool:
    """Say whether a share may be a score: it is not so much cheaper, and not of the price or the tests."""
    plain, start, end = message.plain, quantity.start, quantity.end
    return (
        quantity.unit in ("percent", "share")
        and not _OF_ELSE.match(plain, end)
        and not _ELSE_OF.search(plain, message.segment_at(start).start, start)
        and not (_OF_TRIALS.match(plain, end) and _ON_A_PART.search(plain, 0, start))
    )
