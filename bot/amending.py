"""One step of a kept decision or conversation, taken again when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import Conversation, Place
from bot.deciding import NotKept, Refusal
from bot.errors import ConversationMoved
from bot.ports import Conversations, DecisionLog
from bot.record import DecisionRecord

MAX_ATTEMPTS = 5

Step = Callable[[DecisionRecord], DecisionRecord | Refusal]


async def amend_conversation(
    conversations: Conversations, place: Place, step: Callable[[Conversation], Conversation]
) -> Conversation | None:
    """Take a step that no turn takes, and keep what it returns; None when there is no such conversation.

    Raises what `conversations` raises, ConversationMoved only when others keep changing it.
    """
    attempts_left = MAX_ATTEMPTS
    while True:
        kept = await conversations.load(place)
        if kept is None:
            return None
        outcome = step(kept)
        if outcome == kept:
            return kept
        outcome = outcome.model_copy(update={"revision": kept.revision + 1})
        try:
            await conversations.save(outcome)
        except ConversationMoved:
            attempts_left -= 1
            if not attempts_left:
                raise
        else:
            return outcome


async def amend(log: DecisionLog, team_id: str, decision_id: str, step: Step) -> DecisionRecord | Refusal:
    """Take the step and keep what it returns; NotKept when there is no such decision.

    Raises what `log` raises, ConversationMoved only when others keep changing the record.
    """
    attempts_left = MAX_ATTEMPTS
    while True:
        record = await log.load(team_id, decision_id)
        if record is None:
            return NotKept()
        outcome = step(record)
        if not isinstance(outcome, DecisionRecord) or outcome == record:
            return outcome
        try:
            await log.save(outcome)
        except ConversationMoved:
            attempts_left -= 1
            if not attempts_left:
                raise
        else:
            return outcome
