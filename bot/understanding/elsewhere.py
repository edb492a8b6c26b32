"""Replies that answer another question than the one that waits: by its label, a correction, or a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.decision.chances import PROBLEM
from bot.decision.questions import OPENING, QUESTIONS, Question
from bot.decision.statements import Statement
from bot.understanding.contrasts import without_denied
from bot.understanding.found import Found
from bot.understanding.message import Message, prepare
from bot.understanding.negation import corrects
from bot.understanding.quick import find_picks, takes_numbers

_FEWEST_WORDS, _CLEAR_WORDS = 2, 3
"""One word ("None", "Yes") is an answer to what was asked; so are two ("Nothing yet") if they can be one."""


def find_label(message: Message, pending: Question) -> Iterator[Found]:
    """Yield what a quick reply of another question states, when its label is all that was typed."""
    said = message.plain.strip(" .!?")
    if len(said.split()) < _FEWEST_WORDS or (takes_numbers(pending) and re.search(r"\d", said)):
        return
    elsewhere = [
        reply
        for question in QUESTIONS
        if question.id != pending.id
        for reply in question.replies
        if _plain(reply.label) == said
    ]
    if len(elsewhere) == 1 and not _answers(message, pending, said):
        for fact, value in elsewhere[0].values.items():
            yield Found(fact, value, 0, len(message.plain))


def corrected_question(
    message: Message, pending: Question, earlier: Sequence[Statement], *, is_read: bool
) -> Question | None:
    """Return the question whose answer the message takes back, if it does.

    "I meant the facts, not the tone" is about what goes wrong, whatever was asked. Any other correction is of
    what was said last, and only where nothing in it could be read as an answer to what was asked.
    """
    if not earlier or not corrects(message):
        return None
    is_of_problem = without_denied(message) is not None and not PROBLEM.intersection(pending.facts)
    if is_of_problem and PROBLEM.intersection(one.fact for one in earlier):
        return OPENING
    if is_read:
        return None
    last = {one.fact for one in earlier if one.message_id == earlier[-1].message_id}
    return max(QUESTIONS, key=lambda question: (len(last.intersection(question.facts)), -len(question.facts)))


def _answers(message: Message, pending: Question, said: str) -> bool:
    is_own_label = any(_plain(reply.label) == said for reply in pending.replies)
    is_short = len(said.split()) < _CLEAR_WORDS
    return is_own_label or (is_short and any(find_picks(message, pending)))


@cache
def _plain(label: str) -> str:
    return prepare(label).plain


_OPENING = re.compile(
    r"\W*(?:(?P<yes>yes|yep|yeah|yup|yea|ja|si|oui)|no|nope|nah|nein)\b[\s,:-]*"
    r"(?!(?:and|but|also|plus|so|no|not|none|because|as|since|for)\b|[.;!?\n])(?=\w)"
)
_BESIDES = re.compile(r"\b(?:also|too|as well|already|besides)\b")
_NAYS = (False, 0, "none", "no", "restricted")


def without_misplaced_answer(message: Message, pending: Question, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without what a yes or a no only seems to say about the question that waits.

    "Yes, we tried few-shot" says nothing of training rights: what the yes is about follows it.
    """
    opening = _OPENING.match(message.plain)
    if opening is None:
        return list(found)
    spoken_of = message.segment_at(opening.end())
    is_yes = opening["yes"] is not None
    inside = [
        one
        for one in found
        if one.start < spoken_of.end and one.end > spoken_of.start and (one.value not in _NAYS) is is_yes
    ]
    is_about_another = any(one.fact not in pending.facts and _is_polar(one) for one in inside)
    is_about_pending = any(one.fact in pending.facts and one.start >= opening.end() for one in inside)
    is_beside = _BESIDES.search(message.plain, spoken_of.start, spoken_of.end) is not None
    if not is_about_another or is_about_pending or is_beside:
        return list(found)
    return [one for one in found if one.fact not in pending.facts]


def _is_polar(one: Found) -> bool:
    """Say whether a yes or a no can be about it: whether something is so, not how much of it there is."""
    return isinstance(one.value, bool) or one.value in _NAYS or one.fact.startswith("tried_")
