"""One step of a kept decision or conversation, taken again when somebody else was faster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from bot.conversation import Conversation, Place
from bot.deciding import NotKept, Refusal
from bot.errors import ConversationMoved
from bot.ports import Conversations, DecisionLog
from bot.record import DecisionRecord

MAX_ATTEMPTS = 5
"""How often a step is taken again when someone else changed the same thing meanwhile."""

Step = Callable[[DecisionRecord], DecisionRecord | Refusal]
T = TypeVar("T")


async def take_again_when_moved(step: Callable[[], Awaitable[T]]) -> T:
    """Return what the step returns. Raises what it raises, ConversationMoved only when others keep on."""
    for _ in range(MAX_ATTEMPTS - 1):
        with suppress(ConversationMoved):
            return await step()
    return await step()


async def amend_conversation(
    conversations: Conversations, place: Place, step: Callable[[Conversation], Conversation]
) -> Conversation | None:
    """Take a step that no turn takes, and keep what it returns; None when there is no such conversation.

    Raises what `conversations` raises, ConversationMoved only when others keep changing it.
    """

    async def take() -> Conversation | None:
        kept = await conversations.load(place)
        if kept is None:
            return None
        outcome = step(kept)
        if outcome == kept:
            return kept
        outcome = outcome.model_copy(update={"revision": kept.revision + 1})
        await conversations.save(outcome)
        return outcome

    return await take_again_when_moved(take)


async def amend(log: DecisionLog, team_id: str, decision_id: str, step: Step) -> DecisionRecord | Refusal:
    """Take the step and keep what it returns; NotKept when there is no such decision.

    Raises what `log` raises, ConversationMoved only when others keep changing the record.
    """

    async def take() -> DecisionRecord | Refusal:
        record = await log.load(team_id, decision_id)
        if record is None:
            return NotKept()
        outcome = step(record)
        if isinstance(outcome, DecisionRecord) and outcome != record:
            await log.save(outcome)
        return outcome

    return await take_again_when_moved(take)
