"""The conversation as everyone meets it: one turn in, one reply out, nothing forgotten in between.

A mention, a button, a form, a slash command and the terminal all come through `Advisor.turn`. What to say is
decided in `bot.dialogue`; this is where it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from structlog.contextvars import bind_contextvars

from bot import tracing
from bot.amending import amend, take_again_when_moved
from bot.contradictions import understanding_of
from bot.conversation import Conversation, Turn
from bot.deciding import supersede
from bot.decision.recommendation import recommend
from bot.dialogue import Dialogue
from bot.ports import Conversations, DecisionLog
from bot.record import Change
from bot.recording import decision_id, log_recommendation, needs_successor, revision_of
from bot.replies import Clarify, Recommend, Reply, SetRight


class Advisor:
    """Answers turns and keeps what follows from them. Holds no state of its own."""

    def __init__(
        self, dialogue: Dialogue, conversations: Conversations, log: DecisionLog, glossary_version: str
    ) -> None:
        self._dialogue = dialogue
        self._conversations = conversations
        self._log = log
        self._glossary_version = glossary_version

    async def turn(self, turn: Turn) -> Reply:
        """Return the reply to one turn; the same turn again gets the same reply and is logged once.

        Raises StoreUnavailable, StoredDataInvalid, and ConversationMoved when others keep changing it.
        """

        async def answer_and_keep() -> Reply:
            with tracing.step("decide what to say"):
                return await self._answer_and_keep(turn)

        return await take_again_when_moved(answer_and_keep)

    async def _answer_and_keep(self, turn: Turn) -> Reply:
        kept = await self._conversations.load(turn.place)
        if kept and kept.last_message_id == turn.message_id and kept.last_reply:
            # Answered before a crash or a redelivery; the record may still be missing.
            reply, answered = kept.last_reply, kept
        else:
            outcome = await self._dialogue.answer(turn, kept)
            if outcome.conversation is None:
                _name_in_logs(outcome.reply, None)
                return outcome.reply
            reply, answered = outcome.reply, outcome.conversation
        _name_in_logs(reply, answered)
        if not isinstance(reply, Recommend):
            await self._save(turn, answered, reply, kept)
            return reply
        answered = await self._on_an_open_record(turn, answered, reply)
        told = {"decision_id": answered.decision_id, "supersedes": answered.supersedes}
        reply = reply.model_copy(update=told)
        conversation = await self._save(turn, answered, reply, kept)
        await self._log_recommendation(turn, conversation, reply)
        return reply

    async def _save(
        self, turn: Turn, answered: Conversation, reply: Reply, kept: Conversation | None
    ) -> Conversation:
        """Keep the conversation after its turn, unless it is kept like that already."""
        conversation = answered.model_copy(
            update={
                "last_message_id": turn.message_id,
                "last_reply": reply,
                "revision": kept.revision if kept else 0,
            }
        )
        if conversation == kept:
            return conversation
        conversation = conversation.model_copy(update={"revision": conversation.revision + 1})
        await self._conversations.save(conversation)
        return conversation

    async def _on_an_open_record(
        self, turn: Turn, conversation: Conversation, reply: Recommend
    ) -> Conversation:
        """Return the conversation, leading to a record of its own when people have decided on its old one."""
        record = await self._log.load(conversation.place.team_id, conversation.decision_id)
        if record is None or not needs_successor(record, conversation, turn.message_id, reply.leading.option):
            return conversation
        replaces = record.id if record.status in ("accepted", "overridden") else ""
        successor = decision_id(turn.place, turn.message_id)
        return conversation.model_copy(update={"decision_id": successor, "supersedes": replaces})

    async def _log_recommendation(self, turn: Turn, conversation: Conversation, reply: Recommend) -> None:
        recommendation = recommend(understanding_of(conversation).facts)
        revision = revision_of(turn, conversation, recommendation, reply, self._glossary_version)
        change = Change(at=turn.said_at, by=turn.author_id, what="revised", why=_in_words(reply.corrected))
        await log_recommendation(self._log, conversation, revision, change)
        if conversation.supersedes:
            # After its successor: a link to a record that is not there yet would be worse than a late one.
            step = partial(supersede, by=turn.author_id, at=turn.said_at, successor=conversation.decision_id)
            await amend(self._log, conversation.place.team_id, conversation.supersedes, step)


def _in_words(corrected: Sequence[SetRight]) -> str:
    """Return what was set right in one line, for the record's history."""
    return "; ".join(f"{one.before or 'not known'} → {one.after or 'not known'}" for one in corrected)


def _name_in_logs(reply: Reply, conversation: Conversation | None) -> None:
    """Have whoever logs this turn say what it came to, without a word that was said."""
    bind_contextvars(
        outcome=reply.leading.option if isinstance(reply, Clarify | Recommend) else None,
        is_provisional=reply.is_provisional if isinstance(reply, Recommend) else None,
        question=reply.question.id if isinstance(reply, Clarify) else None,
        questions=len(conversation.asked) if conversation else None,
    )
