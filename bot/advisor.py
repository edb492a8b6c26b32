"""The conversation as everyone meets it: one turn in, one reply out, nothing forgotten in between.

A mention, a button, a slash command and the terminal all come through `Advisor.turn`. What to say is decided
in `bot.dialogue`; this is where it is kept.
"""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.decision.recommendation import recommend
from bot.dialogue import Dialogue, understanding_of
from bot.errors import ConversationMoved
from bot.ports import Conversations, DecisionLog
from bot.recording import log_recommendation, revision_of
from bot.replies import Recommend, Reply

MAX_ATTEMPTS = 5
"""How often a turn is redone when someone else changed the conversation meanwhile."""


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
        attempts_left = MAX_ATTEMPTS
        while True:
            try:
                return await self._answer_and_keep(turn)
            except ConversationMoved:
                attempts_left -= 1
                if not attempts_left:
                    raise

    async def _answer_and_keep(self, turn: Turn) -> Reply:
        kept = await self._conversations.load(turn.place)
        if kept and kept.last_message_id == turn.message_id and kept.last_reply:
            # Answered before a crash or a redelivery; the record may still be missing.
            await self._log_if_recommended(turn, kept, kept.last_reply)
            return kept.last_reply
        outcome = await self._dialogue.answer(turn, kept)
        if outcome.conversation is None:
            return outcome.reply
        conversation = outcome.conversation.model_copy(
            update={
                "last_message_id": turn.message_id,
                "last_reply": outcome.reply,
                "revision": (kept.revision if kept else 0) + 1,
            }
        )
        await self._conversations.save(conversation)
        await self._log_if_recommended(turn, conversation, outcome.reply)
        return outcome.reply

    async def _log_if_recommended(self, turn: Turn, conversation: Conversation, reply: Reply) -> None:
        if not isinstance(reply, Recommend):
            return
        recommendation = recommend(understanding_of(conversation).facts)
        revision = revision_of(turn, conversation, recommendation, reply, self._glossary_version)
        await log_recommendation(self._log, conversation, revision)
