"""The decision log in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime

import numpy as np

from bot.deleted_message import quoted_messages
from bot.errors import ConversationMoved
from bot.likeness import distances, mark_of
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores.record_history import forgets
from bot.visibility import Sight, shelf_of
from tests.fakes.away import Store


class FakeDecisionLog(Store):
    """Implements `bot.ports.DecisionLog`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], DecisionRecord] = {}
        self.quoted: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        self._answer()
        return self.kept.get((team_id, decision_id))

    async def save(self, record: DecisionRecord) -> None:
        self._answer()
        key = (record.place.team_id, record.id)
        if key in self.kept and forgets(record, self.kept[key]):
            raise ConversationMoved(f"someone else changed decision {record.id} meanwhile")
        self.kept[key] = record
        for message_id in quoted_messages(record):
            self.quoted[(record.place.team_id, record.place.channel_id, message_id)].add(record.id)

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> Sequence[str]:
        self._answer()
        return sorted(self.quoted.get((team_id, channel_id, message_id), ()))

    async def of_unknown_audience(self, team_id: str, most: int) -> Sequence[str]:
        self._answer()
        kept = [record for (team, _), record in self.kept.items() if team == team_id]
        return [record.id for record in kept if record.audience.unknown_at is not None][:most]

    async def between(self, team_id: str, since: datetime, until: datetime) -> AsyncIterator[DecisionRecord]:
        self._answer()
        for record in self._oldest_first(team_id):
            if since <= record.decided_at < until:
                yield record

    async def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        self._answer()
        records = self._oldest_first(team_id)
        for record in records if query.is_oldest_first else records[::-1]:
            if query.holds(record) and (sights is None or _is_in(record, sights)):
                yield record

    async def resembling(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[float, DecisionRecord]]:
        self._answer()
        marked = [record for record in self._oldest_first(team_id) if mark_of(record)]
        far = [
            (float(distances(question, np.frombuffer(mark_of(record), np.int8)[None, :])[0]), record)
            for record in marked
            if _is_in(record, sights)
        ]
        return sorted(far, key=lambda one: one[0])[:most]

    async def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        self._answer()
        due = [
            (record.review_on, record.id, record)
            for record in self._oldest_first(team_id)
            if record.is_in_force and record.review_on is not None and record.review_on <= until
        ]
        for _, _, record in sorted(due, key=lambda row: row[:2]):
            yield record

    def _oldest_first(self, team_id: str) -> list[DecisionRecord]:
        ours = [record for (team, _), record in self.kept.items() if team == team_id]
        return sorted(ours, key=lambda record: (record.decided_at, record.id))


def _is_in(record: DecisionRecord, sights: Sequence[Sight]) -> bool:
    return any(
        sight.shelf == shelf_of(record.audience)
        and (not sight.within or sight.within == record.audience.channel_id)
        for sight in sights
    )
