"""The question that waits: which one it is, whether words are meant for it, and asking it once more."""

from __future__ import annotations

from bot.answer import compose_question, shorten
from bot.contradictions import understanding_of
from bot.conversation import MAX_CONTEXT_CHARS, Conversation, Turn
from bot.decision.next_question import find_question, next_question, opening_again, which_is_right
from bot.decision.questions import Question
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, Understanding
from bot.replies import Clarify, Definition


def find_next(
    conversation: Conversation, understanding: Understanding, news: tuple[Statement, ...]
) -> Question | None:
    """Return what to ask next; after a recommendation nothing but which of two statements is right."""
    if conversation.is_decided:
        return which_is_right(understanding, conversation.asked)
    return opening_again(understanding, conversation.asked, news) or next_question(
        understanding, conversation.asked
    )


def number_of_the_question(conversation: Conversation) -> int:
    """Return the number of the question that waits; 0 after a recommendation, where they are not counted."""
    return 0 if conversation.is_decided else len(conversation.asked)


def pending_in(kept: Conversation | None) -> Question | None:
    """Return the question that waits for an answer, if one does."""
    return find_question(kept.pending, understanding_of(kept)) if kept and kept.pending else None


def ask_again(
    kept: Conversation,
    pending: Question,
    *,
    definition: Definition | None = None,
    notes: tuple[str, ...] = (),
) -> Clarify:
    """Return the question that waits once more, with what is to be said before it."""
    understanding = understanding_of(kept)
    return compose_question(
        pending,
        number_of_the_question(kept),
        understanding,
        recommend(understanding.facts),
        (),
        definition=definition,
        notes=notes,
    )


def is_overheard(turn: Turn, kept: Conversation) -> bool:
    """Say whether words without a mention are people talking, unless they can be read as an answer."""
    return turn.is_unaddressed and (kept.is_discussed or turn.author_id != kept.opened_by)


def not_known(question: Question, turn: Turn, kept: Conversation) -> tuple[Statement, ...]:
    """Return that a turn knows nothing of what was asked, but of what is known already."""
    known = understanding_of(kept).evidence
    return tuple(
        Statement(
            fact=fact,
            value=None,
            quote=shorten(turn.text, MAX_CONTEXT_CHARS),
            source="button" if turn.picked else "stated",
            author_id=turn.author_id,
            message_id=turn.words_id,
        )
        for fact in question.facts
        if fact not in known
    )
