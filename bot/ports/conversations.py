"""Conversations, and where what we said in them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation import Conversation, Place
from bot.feedback import Feedback


class Conversations(Protocol):
    """Conversations between turns. Every method raises StoreUnavailable."""

    async def load(self, place: Place) -> Conversation | None:
        """Return the conversation at a place. Raises StoredDataInvalid."""
        ...

    async def save(self, conversation: Conversation) -> None:
        """Keep it if it is exactly one revision newer than the kept one. Raises ConversationMoved."""
        ...

    async def move(self, conversation: Conversation, place: Place) -> Conversation:
        """Keep a copy at another place, unless one is there already, and return what is there now."""
        ...

    async def waiting(self, team_id: str, user_id: str, most: int) -> Sequence[Conversation]:
        """Return at most so many that this person opened and whose question waits, newest turn first.

        Filter by `bot.visibility` before showing any. Raises StoredDataInvalid.
        """
        ...


class FeedbackBox(Protocol):
    """What people thought of answers. Every method raises StoreUnavailable and StoredDataInvalid."""

    async def keep(self, feedback: Feedback) -> None:
        """Keep a verdict in place of the same person's earlier one on the same answer."""
        ...

    async def since(self, since: datetime, team_id: str = "") -> Sequence[Feedback]:
        """Return the verdicts since then, oldest first, of one workspace or of all: for the operator only."""
        ...


@dataclass(frozen=True)
class Spot:
    """Where a message stands. `thread_ts` is "" at top level."""

    channel_id: str
    ts: str
    thread_ts: str


class PostedReplies(Protocol):
    """Which replies were posted where. Every method raises StoreUnavailable."""

    async def reply_id(self, team_id: str, entry_id: str) -> str:
        """Return the random id of the reply to an inbox entry: the same one for the same entry."""
        ...

    async def posted_ts(self, team_id: str, reply_id: str) -> str | None:
        """Return the ts of the message that was posted for it, or None."""
        ...

    async def mark_posted(self, team_id: str, reply_id: str, ts: str) -> None:
        """Remember that it was posted."""
        ...

    async def mark_shown(self, team_id: str, decision_id: str, spot: Spot) -> None:
        """Remember that a message shows this recommendation."""
        ...

    async def shown_at(self, team_id: str, decision_id: str) -> Sequence[Spot]:
        """Return where messages with this recommendation stand, the newest first."""
        ...


class FirstContacts(Protocol):
    """Where we introduced ourselves, and to whom we show a Home. Every method raises StoreUnavailable."""

    async def was_greeted(self, team_id: str, channel_id: str) -> bool:
        """Say whether we said hello in a channel."""
        ...

    async def mark_greeted(self, team_id: str, channel_id: str) -> None:
        """Remember that we did."""
        ...

    async def home_days(self, team_id: str, user_id: str) -> int | None:
        """Return how many days a person's Home looks back; None when they have not opened it lately."""
        ...

    async def keep_home(self, team_id: str, user_id: str, days: int) -> None:
        """Remember that a person opened their Home, and how far it looks back."""
        ...
