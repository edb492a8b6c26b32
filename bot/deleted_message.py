"""A deleted message: its words are taken out of what is kept, and a mere proposal is taken back.

What was decided stays decided, and every fact keeps its value, so that an outcome can be derived again. Words
are the one thing that may be taken out of a record, and its history says that they were.
"""

from __future__ import annotations

from datetime import datetime

from bot.conversation import Conversation
from bot.decision.statements import Statement
from bot.record import Change, DecisionRecord, Revision
from bot.replies import Clarify, Recommend, Reply

MESSAGE_DELETED = "the message was deleted"


def erase_message(record: DecisionRecord, *, message_id: str, by: str, at: datetime) -> DecisionRecord:
    """Return the record without the words of one message, withdrawn if nobody had decided on it yet.

    `by` wrote the message. A record that quotes nothing of it is returned as it is.
    """
    if message_id not in quoted_messages(record):
        return record
    changes = [Change(at=at, by=by, what="erased", why=MESSAGE_DELETED)]
    status = record.status
    if status == "proposed":
        status = "withdrawn"
        changes.append(Change(at=at, by=by, what="withdrawn", why=MESSAGE_DELETED))
    return record.model_copy(
        update={
            "context": "" if record.context_message_id == message_id else record.context,
            "revisions": tuple(_without_words(revision, message_id) for revision in record.revisions),
            "status": status,
            "history": (*record.history, *changes),
        }
    )


def quoted_messages(record: DecisionRecord) -> frozenset[str]:
    """Return the ids of the messages whose words stand in a record.

    A tapped reply is nobody's words, and what was entered into a form stands in no message.
    """
    quoted = {
        statement.message_id
        for revision in record.revisions
        for statement in revision.statements
        if statement.quote and statement.source not in ("button", "form")
    }
    return frozenset(quoted | ({record.context_message_id} if record.context else set())) - {""}


def erase_message_from(conversation: Conversation, message_id: str) -> Conversation:
    """Return a conversation without the words of one message; it asks no more if those had opened it."""
    erased = {one.fact for one in conversation.statements if one.message_id == message_id}
    opened_it = message_id == conversation.opening_message_id
    return conversation.model_copy(
        update={
            "statements": _unquoted(conversation.statements, message_id),
            "question": "" if opened_it else conversation.question,
            "pending": "" if opened_it else conversation.pending,
            "last_reply": _unheard(conversation.last_reply, erased),
        }
    )


def rests_on(conversation: Conversation, message_id: str) -> bool:
    """Say whether a message opened this conversation or stated something in it."""
    return message_id == conversation.opening_message_id or any(
        statement.message_id == message_id for statement in conversation.statements
    )


def _without_words(revision: Revision, message_id: str) -> Revision:
    return revision.model_copy(update={"statements": _unquoted(revision.statements, message_id)})


def _unquoted(statements: tuple[Statement, ...], message_id: str) -> tuple[Statement, ...]:
    return tuple(
        one.model_copy(update={"quote": ""}) if one.message_id == message_id else one for one in statements
    )


def _unheard(reply: Reply | None, erased: set[str]) -> Reply | None:
    """Return a reply that quotes nobody on the facts that a message stated, whoever else stated them."""
    if not isinstance(reply, Clarify | Recommend):
        return reply
    heard = tuple(one.model_copy(update={"quote": ""}) if one.fact in erased else one for one in reply.heard)
    return reply.model_copy(update={"heard": heard})
