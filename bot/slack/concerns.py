"""Whether a message that somebody changed is any of our business; of all others nothing is kept."""

from __future__ import annotations

from bot.deleted_message import rests_on
from bot.errors import StoredDataInvalid
from bot.ports import Conversations, DecisionLog, Inbox
from bot.slack.incoming import MessageDeleted, MessageEdited


class Concerns:
    """Asks the stores. Raises StoreUnavailable."""

    def __init__(self, inbox: Inbox, conversations: Conversations, decision_log: DecisionLog) -> None:
        self._inbox = inbox
        self._conversations = conversations
        self._log = decision_log

    async def has(self, changed: MessageDeleted | MessageEdited) -> bool:
        """Say whether we took the message in, or anything that we keep rests on it."""
        # It may wait in the inbox still, and rest nowhere yet.
        if await self._inbox.has_taken(changed.once_said):
            return True
        for place in changed.places:
            try:
                conversation = await self._conversations.load(place)
            except StoredDataInvalid:
                # Somebody should hear that it is broken: the worker fails on it and says so.
                return True
            if conversation is not None and rests_on(conversation, changed.ts):
                return True
        if isinstance(changed, MessageEdited):
            return False
        return bool(await self._log.quoting(changed.team_id, changed.channel_id, changed.ts))
