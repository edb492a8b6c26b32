"""Steps that have a sentence each, as in "we have RAG. Haven't put any examples in".

The models judge an answer as a whole, and a no in one sentence colours the others. What a sentence alone says
of the one step that it names counts for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.decision.questions import UNTRIED, Question
from bot.understanding.found import Found
from bot.understanding.learned.reader import find_learned
from bot.understanding.listed_steps import STEP
from bot.understanding.message import Message, Part, made_of
from bot.understanding.negation import corrects

_NAMED = re.compile(rf"\b{STEP}\b")
_FEWEST_WORDS = 3
"""Fewer only name a step, and what holds of it follows: "RAG? no."."""
_MEASURING = (
    r"(?:scor\w+|measur\w+|test(?:s|ed|ing)?|evals?|evaluat\w+|benchmark\w*|compar\w+|versions|variants)"
)
_MEASURED = re.compile(rf"\b(?:{_MEASURING}|cases|golden|systematic\w*|a/b|optimi[sz]\w+|dspy|gepa)\b")
_UNDONE = re.compile(
    r"\b(?:not|never|havent|hasnt|didnt|dont|wasnt|werent|nobody|no one|will|would|wants?|plan\w*|next|soon|"
    rf"should|could|todo|going to|hope|yet to)[ :]+(?:[a-z]+ ){{0,2}}{_MEASURING}\b"
    r"|\bwithout (?:scoring|measuring|testing|evals?|evaluat\w+)\b"
    r"|\b(?:scored|measured|tested|evaluated) (?:nothing|none|nor)\b"
    r"|\b(?:scored|scoring|versions|measured|tested)[ ,:?=-]*[,:?=-] ?(?:no|nope|never|not yet|not really)"
    r"(?=\W*$| ?[.,;])"
)
"""Words that say of the scoring itself that it did not happen, or has yet to; not that it did not help."""
_ELSEWHERE = re.compile(
    r"\b(?:was|were|had|will|would|wants?|plan\w*|next|hope|think\w*|consider\w*|maybe|soon|later|not in|"
    r"other (?:project|team|bot))\b"
)
"""Where a sentence leans on the others, or tells of another time or place, the whole is judged better."""


def with_steps_apart(message: Message, pending: Question, heard: Sequence[Found]) -> list[Found]:
    """Return what was heard in answer to what was tried, each step by the sentence that names it alone."""
    if not UNTRIED.keys() <= set(pending.facts) or len(message.sentences) == 1 or corrects(message):
        return list(heard)
    apart = {one.fact: one for one in _each_alone(message, pending)}
    return [*(one for one in heard if one.fact not in apart), *apart.values()]


def with_furthest_prompting(message: Message, pending: Question, found: Sequence[Found]) -> list[Found]:
    """Return what was found, of a quick prompt and scored versions the latter: who did both has got that far.

    Where they say that the scoring did not happen, the quick prompt is all there is.
    """
    if not UNTRIED.keys() <= set(pending.facts):
        return list(found)
    quick, scored = (
        next((one for one in found if (one.fact, one.value) == ("tried_prompting", value)), None)
        for value in ("quick", "systematic")
    )
    if scored is None or not (quick or "quick" in message.plain):
        return list(found)
    if _UNDONE.search(message.plain):
        instead = quick or replace(scored, value="quick")
        return [*(one for one in found if one not in (quick, scored)), instead]
    is_measured = _MEASURED.search(message.plain, scored.start, scored.end) is not None
    # Where nothing plain tells which it is, they are asked.
    return [one for one in found if not (is_measured and one is quick)]


def _each_alone(message: Message, pending: Question) -> Iterator[Found]:
    for sentence in message.sentences:
        named = {match.lastgroup for match in _NAMED.finditer(message.plain, sentence.start, sentence.end)}
        if len(named) != 1 or not _tells(message, sentence):
            continue
        alone = made_of(message, tuple(range(sentence.start, sentence.end)))
        for one in find_learned(alone, pending):
            if one.fact in named and one.fact != "tried_prompting":
                yield replace(one, start=sentence.start + one.start, end=sentence.start + one.end)


def _tells(message: Message, sentence: Part) -> bool:
    words = message.plain[sentence.start : sentence.end]
    is_asked = message.is_asked(sentence)
    return not is_asked and len(words.split()) >= _FEWEST_WORDS and not _ELSEWHERE.search(words)
