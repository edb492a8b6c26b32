"""The inbox in memory."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import tracing
from bot.ports import (
    InboxEntry,
    InboxState,
    Share,
)
from tests.fakes.away import Store


class FakeRemovals:
    """Hears of workspaces that removed the app."""

    def __init__(self) -> None:
        self.team_ids: list[str] = []

    async def note(self, team_id: str, _at: datetime) -> None:
        self.team_ids.append(team_id)


@dataclass
class _Kept:
    entry: InboxEntry
    consumer: str | None = None
    is_silent: bool = False


class FakeInbox(Store):
    """Implements `bot.ports.Inbox`. It has no clock: `let_go_silent` stands for a consumer that died."""

    def __init__(self) -> None:
        super().__init__()
        self.dead_letters: list[tuple[InboxEntry, str]] = []
        self._once: set[str] = set()
        self._kept: dict[str, _Kept] = {}
        self._appended = 0
        self._changed = asyncio.Event()

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        self._answer()
        if once in self._once:
            return False
        self._once.add(once)
        self._appended += 1
        id_ = f"{self._appended}-0"
        self._kept[id_] = _Kept(InboxEntry(id_, order_key, body, attempts=0, trace=tracing.carried()))
        self._changed.set()
        return True

    async def has_taken(self, once: str) -> bool:
        self._answer()
        return once in self._once

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        try:
            async with asyncio.timeout(wait_ms / 1000):
                while True:
                    self._answer()
                    if taken := self._take(consumer, limit, share):
                        return taken
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return []

    async def keep(self, consumer: str, entries: Sequence[InboxEntry]) -> None:
        self._answer()
        for entry in entries:
            kept = self._kept.get(entry.id)
            if kept is not None and kept.consumer == consumer:
                kept.is_silent = False

    async def put_back(self, consumer: str, entry: InboxEntry) -> None:
        self._answer()
        kept = self._kept.get(entry.id)
        if kept is not None and kept.consumer == consumer:
            kept.entry = replace(kept.entry, attempts=max(1, kept.entry.attempts - 1))

    async def finish(self, entry: InboxEntry) -> None:
        self._answer()
        self._kept.pop(entry.id, None)
        self._changed.set()

    async def bury(self, entry: InboxEntry, reason: str) -> None:
        self._answer()
        if self._kept.pop(entry.id, None) is not None:
            self.dead_letters.append((entry, reason))
        self._changed.set()

    async def backlog(self) -> int:
        self._answer()
        return len(self._kept)

    async def state(self) -> InboxState:
        self._answer()
        return InboxState(len(self._kept), 0.0, len(self.dead_letters))

    def let_go_silent(self, entry: InboxEntry) -> None:
        """Make the entry's consumer look dead until it keeps the entry again."""
        self._kept[entry.id].is_silent = True
        self._changed.set()

    def _take(self, consumer: str, limit: int, share: Share | None) -> list[InboxEntry]:
        taken: list[InboxEntry] = []
        held = Counter(share.in_hand if share else ())
        lanes: set[str] = set()
        for kept in self._kept.values():
            is_first = kept.entry.order_key not in lanes
            lanes.add(kept.entry.order_key)
            has_room = share is None or held[kept.entry.whose] < share.most
            if is_first and has_room and (kept.consumer is None or kept.is_silent) and len(taken) < limit:
                kept.entry = replace(kept.entry, attempts=kept.entry.attempts + 1)
                kept.consumer, kept.is_silent = consumer, False
                taken.append(kept.entry)
                held[kept.entry.whose] += 1
        return taken
