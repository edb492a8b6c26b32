"""Statements that contradict each other: which are asked about, and what is said where we went on from them.

One that could change the answer is asked about once, also after a recommendation. Where it could not, or
where nobody says which is right, the careful version counts and the recommendation says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import phrases
from bot.conversation import Conversation
from bot.decision.conflicts import keep_conflicts_that_matter, question_id_of, settle_carefully
from bot.decision.facts import title_of
from bot.decision.questions import Question
from bot.decision.statements import Conflict, Statement, Understanding, understand
from bot.decision.wording import fact_in_words

_MANY_SIDED = frozenset({"intent", "asks", "goal_kind", "gap", "failure_mode"})
"""What two people may see differently and both be right; told only where it could change the answer."""


def understanding_of(conversation: Conversation) -> Understanding:
    """Return the facts of a conversation, with only those contradictions that are still worth settling."""
    asked = tuple(question for question in conversation.asked if question != conversation.pending)
    return settle_carefully(keep_conflicts_that_matter(understand(conversation.statements)), asked)


def go_on_from(conversation: Conversation) -> Conversation:
    """Return a conversation in which no contradiction is open: each counts as asked about in vain."""
    open_ = tuple(map(question_id_of, understanding_of(conversation).conflicts))
    return conversation.model_copy(update={"asked": (*conversation.asked, *open_)}) if open_ else conversation


def sides_of(question: Question, understanding: Understanding) -> tuple[Statement, ...]:
    """Return the two statements of which a question asks which is right; none for any other question."""
    asked_about = (one for one in understanding.conflicts if question_id_of(one) == question.id)
    return next(((one.earlier, one.later) for one in asked_about), ())


def settle_by(
    answers: Sequence[Statement], pending: Question | None, understanding: Understanding
) -> tuple[Statement, ...]:
    """Return answers in words; to the question which of two is right, they are the last word."""
    if pending is None or not sides_of(pending, understanding):
        return tuple(answers)
    return tuple(
        one.model_copy(update={"is_correction": True}) if one.fact in pending.facts else one
        for one in answers
    )


def tell_what_counts(conversation: Conversation) -> tuple[str, ...]:
    """Return what people should know of contradictions that we went on from, one line each."""
    understood = understand(conversation.statements)
    matter = keep_conflicts_that_matter(understood).conflicts
    worth_telling = (
        one for one in understood.conflicts if one in matter or one.later.fact not in _MANY_SIDED
    )
    return tuple(filter(None, (_told(one, understood) for one in worth_telling)))


def _told(conflict: Conflict, understood: Understanding) -> str:
    fact = conflict.later.fact
    counts = _in_words(understood.evidence[fact])
    said = tuple(dict.fromkeys(map(_in_words, (conflict.earlier, conflict.later))))
    return phrases.went_on_with(title_of(fact), said, counts) if len(said) > 1 else ""


def _in_words(statement: Statement) -> str:
    return fact_in_words(statement.fact, statement.value) if statement.value is not None else ""
