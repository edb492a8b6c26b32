"""How often retrieval finds what it should, told as a share: "the right page is found in 9 of 10 cases".

Where it nearly always finds it and answers are wrong far more often than that, what was found is misused. A
low share tells that it is missed. It is a share of the searches and no score of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.decision.facts import FactValue
from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.retrieval import EVER, FINDS, IS_THERE, MISSED, ONE, RETRIEVAL, RIGHT_PASSAGES

_NEARLY_ALWAYS, _TOO_SELDOM = 0.9, 0.75
_MUCH_MORE = 1.5
"""So many times as often as it is not found, answers have to be wrong for the search to be no cause of it."""
_WORDS = {"eight": 8, "nine": 9, "ten": 10, "nineteen": 19, "twenty": 20, "half": 0.5, "a third": 1 / 3}
_COUNT = r"(?:\d+|eight|nine|ten|nineteen|twenty)"
_SHARE = (
    r"(?: (?:in|at|for|about|around|roughly|over|only|just|maybe|some|right))* ?~?"
    rf"(?:(?P<percent>\d+(?:\.\d+)?) ?(?:%|percent|pct)|(?P<some>{_COUNT}) (?:out )?of (?P<all>{_COUNT})|"
    r"(?P<word>half|a third))"
    r"(?: of the time| (?:of )?(?:the |our |all )?(?:time|times|cases|questions|queries|searches|tries))?"
    r"(?=\s*(?:[.,;:!)]|- |$)| (?:but|and|yet|though|while|so|still)\b)"
)
_PAGE = rf"(?:{RIGHT_PASSAGES}|the (?:{ONE}|page|document|doc|chunk))"
_SEARCH = r"(?:retrieval|retriever|rag|search|index|lookup|vector (?:search|store|db))"
_LOOKS_UP = r"(?:finds|retrieves|fetches|surfaces|pulls up)"
_FINDS_IT = (
    rf"(?:\b{RETRIEVAL} {EVER}{FINDS} {_PAGE}|\b{_SEARCH} {EVER}(?:{_LOOKS_UP}|returns|hits) (?:it|them)"
    rf"|(?:\bit {EVER}|^\W*){_LOOKS_UP} (?:it|them)|\b{_PAGE} (?:is|are|gets?) {EVER}{IS_THERE})"
)
"""What "it gets" so often is as well an answer, and so is what "it returns"."""
_FOUND_SO_OFTEN = re.compile(rf"{_FINDS_IT}{_SHARE}")
_SEARCHES = re.compile(r"\b(?:rag|retriev\w+|search|index|passages?|chunks?|clauses?|pages?)\b")
_NOT_SO = re.compile(
    r"\b(?:not|never|fails?|cannot|(?:do|does|did|is|are|was|ca|wo)nt|"
    r"wrong (?:page|passage|chunk|document|one))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:hardly|rarely|seldom|sometimes|old|other|previous\w*|before|formerly|easy|simple|but on|but for|"
    r"except|after)\b"
)
"""In its sentence: it is so only for a part, or was so."""
_FAILS_AFTER_IT = frozenset({None, "wrong_facts", "retrieval_miss", "wrong_use_of_context"})
_OF_MATERIAL = frozenset({"knowledge", "both"})
_ANSWERS = frozenset({None, "knowledge_qa", "generation", "tool_use", "reasoning", "summarisation"})
"""Elsewhere to find a clause is the task itself, and the share its score."""


@dataclass(frozen=True)
class _SoOften:
    """How often it is found, and where that is told."""

    share: float
    start: int
    end: int


def finds_nearly_always(message: Message, question_id: str = "") -> bool:
    """Say whether they tell that it is found in nine of ten cases or more."""
    told = _told(message, question_id)
    return told is not None and told.share >= _NEARLY_ALWAYS and not MISSED.search(message.plain)


def with_share_found(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, with how it fails as the share of what is found tells it."""
    told = _told(message, pending.id if pending else "")
    if told is None or _is_the_score(message, told, found):
        return list(found)
    known = understand(earlier).facts
    stated = {one.fact: one.value for one in found}
    failure, gap, goal = (
        stated.get(fact, getattr(known, fact)) for fact in ("failure_mode", "gap", "goal_kind")
    )
    if failure not in _FAILS_AFTER_IT or gap not in _OF_MATERIAL or goal not in _ANSWERS:
        return list(found)
    kept = [one for one in found if one.fact != "baseline_score" or not told.start <= one.start < told.end]
    stated = {one.fact: one.value for one in kept}
    score = stated.get("baseline_score", known.baseline_score)
    wrong = 1 - score if isinstance(score, float) else 1.0
    cause: dict[str, FactValue]
    if told.share <= _TOO_SELDOM:
        cause = {"failure_mode": "retrieval_miss", "gap": "knowledge"}
    elif finds_nearly_always(message, pending.id if pending else "") and wrong >= _MUCH_MORE * (
        1 - told.share
    ):
        cause = {"failure_mode": "wrong_use_of_context", "gap": "both"}
    else:
        return kept
    said: dict[str, FactValue] = {"tried_rag": True, **cause}
    return [
        *(one for one in kept if one.fact not in said),
        *(Found(fact, value, told.start, told.end) for fact, value in said.items()),
    ]


def _is_the_score(message: Message, told: _SoOften, found: Sequence[Found]) -> bool:
    """Say whether what "it finds" so often is the task: no other score is told, and this one has a target."""
    is_wanted = any(one.fact == "target_score" for one in found)
    others = (one for one in found if one.fact == "baseline_score" and not told.start <= one.start < told.end)
    return is_wanted and message.plain.startswith("it ", told.start) and not any(others)


def _told(message: Message, question_id: str) -> _SoOften | None:
    if question_id != "Q4" and not _SEARCHES.search(message.plain):
        return None
    for one in sentences_as_it_is(message):
        said = _FOUND_SO_OFTEN.search(message.plain, one.start, one.end)
        if said is None or _NOT_SO.search(message.plain, one.start, said.end()):
            continue
        share = _share(said)
        if share is not None and not _ELSEWHERE.search(message.plain, one.start, one.end):
            return _SoOften(share, said.start(), said.end())
    return None


def _share(said: re.Match[str]) -> float | None:
    if said["percent"]:
        share = float(said["percent"]) / 100
    elif said["word"]:
        share = _WORDS[said["word"]]
    else:
        some, whole = (float(_WORDS.get(said[name]) or said[name]) for name in ("some", "all"))
        share = some / whole if whole else 0.0
    return share if 0 < share <= 1 else None
