"""The kept decisions."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.conversation import Place
from bot.query import Query
from bot.record import DecisionRecord
from bot.visibility import Sight


class DecisionLog(Protocol):
    """The kept decisions. Every method raises StoreUnavailable and StoredDataInvalid."""

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        """Return one record."""
        ...

    async def save(self, record: DecisionRecord) -> None:
        """Keep a new record, or a record whose revisions and history extend the kept one's.

        Raises ConversationMoved when the kept one holds something that `record` lacks.
        """
        ...

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> Sequence[str]:
        """Return the ids of the decisions that quote a message, or did. Raises StoreUnavailable only."""
        ...

    async def of_unknown_audience(self, team_id: str, most: int) -> Sequence[str]:
        """Return the ids of at most so many decisions of which Slack could not say who sees them."""
        ...

    def between(self, team_id: str, since: datetime, until: datetime) -> AsyncIterator[DecisionRecord]:
        """Yield records decided in [since, until), oldest first. Filter by audience before showing any."""
        ...

    def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        """Yield the decisions in force whose review is due by a day, the longest due first.

        Filter by `bot.visibility` before showing any.
        """
        ...

    def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        """Yield what is looked for of what is in sight, newest first unless the query says otherwise.

        None is everything, for the operator. Ask `bot.visibility` about each before showing it to a person:
        who may see it can have changed since it was listed. Stop early: they are read in pages.
        """
        ...

    async def resembling(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[float, DecisionRecord]]:
        """Return the decided records in sight whose questions are nearest to a mark of `bot.likeness`.

        Nearest first, with their cosine distances, 0–2.
        """
        ...


class PlacesOfDecisions(Protocol):
    """Knows where decisions are talked about."""

    async def places_of(self, team_id: str, decision_id: str) -> Sequence[Place]:
        """Return the places of kept conversations that lead to a decision, or go on from it."""
        ...
