"""A small model that was tried and does not pass: "we tried the mini: editors accept 83%, we need 94".

That people accept, send or like what it writes in so many of a hundred cases is no pass by itself. What is
needed and what there is today tell whether it is one; and the score is that model's, not today's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.decision.facts import Facts, FactValue
from bot.decision.statements import Statement, understand
from bot.understanding.agreement import share_said
from bot.understanding.beside_the_large import Comparison, find_comparisons
from bot.understanding.found import Found
from bot.understanding.message import Message, Part
from bot.understanding.numbers import Quantity, find_quantities

_NOT_ENOUGH = re.compile(
    r"\b(?:(?:not|isnt|wasnt|arent|werent|hardly|never|nowhere near)(?: (?:really|quite|nearly|yet|at all))* "
    r"(?:enough|good enough|there|usable|sufficient|acceptable)"
    r"|too (?:low|bad|weak|many (?:errors|mistakes))|(?<!not )(?<!no )(?<!hardly )worse"
    r"|(?:falls?|fell) short|(?:nobody|no one) likes? it)\b"
)
_FAILS = re.compile(r"\b(?:fail\w*|neither|none|not|no|never|but|still|only|\w+nt)\b")
_VERSUS = re.compile(r"\W*(?:vs|versus|against|instead of|compared (?:to|with)|down from) ~?")
_TRIED = re.compile(r"\b(?:tried|tested|ran|evaluated|benchmarked|compared)\b")
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
    is_short = _is_short(message, sentence, stated, known, beside)
    has_another_score = known.base_model is not None or known.baseline_score is not None
    is_of_the_small_one = has_another_score and _TRIED.search(message.plain, sentence.start, sentence.end)
    passes = not is_short and _reaches(message, sentence, beside, known)
    kept = [
        replace(one, value=passes or (one.value is True and not is_short))
        if one.fact == "small_model_ok" and one.value is not None
        else one
        for one in found
        if not (is_of_the_small_one and one.fact == "baseline_score" and sentence.holds(one.start))
        and not (one.fact in _SCORES and any(pair.part.holds(one.start) for pair in beside))
    ]
    if "small_model_ok" not in stated and any(pair.is_short for pair in beside):
        kept.append(replace(tried, fact="small_model_ok", value=False))
    return kept


def _reaches(message: Message, sentence: Part, beside: Sequence[Comparison], known: Facts) -> bool:
    """Say whether its score beside the large one's is as much as is known to be needed."""
    if not beside or known.target_score is None or _FAILS.search(message.plain, sentence.start, sentence.end):
        return False
    return beside[0].small >= known.target_score


def _is_short(
    message: Message,
    sentence: Part,
    stated: Mapping[str, FactValue | None],
    known: Facts,
    beside: Sequence[Comparison],
) -> bool:
    """Say whether the sentence tells of too little: in words, below what is needed, or far below today."""
    if _NOT_ENOUGH.search(message.plain, sentence.start, sentence.end):
        return True
    scores = [one for one in find_quantities(message) if _is_score(one) and sentence.holds(one.start)]
    if not scores and not beside:
        return False
    its = beside[0].small if beside else share_said(scores[0])
    asked = (known.target_score,) if beside else (stated.get("target_score"), known.target_score)
    needed = next((one for one in asked if isinstance(one, float)), 0.0)
    today = (known.baseline_score or 0.0) - _MUCH_LESS
    others = (
        share_said(later)
        for one, later in pairwise(scores)
        if not beside and _VERSUS.fullmatch(message.plain, one.end, later.start)
    )
    return its < max(needed, today, *others) or any(pair.is_short for pair in beside)


def _is_score(quantity: Quantity) -> bool:
    return quantity.unit in ("percent", "share")
