"""What is kept about digests, and the settings of channels, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.channel_settings import KeptSettings
from bot.ports import (
    Claim,
    DigestDue,
    DigestPosting,
)
from bot.stores.digest_times import FURTHEST
from bot.stores.term_counts import ranked
from tests.fakes.away import Store


class FakeDigestMarks(Store):
    """Implements `bot.ports.DigestMarks`."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed: dict[tuple[str, str, str], str] = {}
        self.posted: set[tuple[str, str, str]] = set()
        self.begun: dict[tuple[str, str, str], datetime] = {}

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> Claim:
        self._answer()
        mark = (team_id, channel_id, week)
        if mark in self.posted:
            return "posted"
        if mark in self.claimed:
            return "theirs"
        self.claimed[mark] = by
        return "ours"

    async def begin(self, team_id: str, channel_id: str, week: str, now: datetime) -> DigestPosting:
        self._answer()
        mark = (team_id, channel_id, week)
        before = self.begun.get(mark)
        self.begun.setdefault(mark, now)
        return DigestPosting(f"digest-{list(self.begun).index(mark) + 1}", before)

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        self._answer()
        self.posted.add((team_id, channel_id, week))
        self.claimed.pop((team_id, channel_id, week), None)

    async def release(self, team_id: str, channel_id: str, week: str) -> None:
        self._answer()
        self.claimed.pop((team_id, channel_id, week), None)


class FakeDigestTimes(Store):
    """Implements `bot.ports.DigestTimes`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], DigestDue] = {}

    async def of_channel(self, team_id: str, channel_id: str) -> DigestDue | None:
        self._answer()
        return self.kept.get((team_id, channel_id))

    async def due(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        self._answer()
        due = [(kept.at, kept) for (team, _), kept in self.kept.items() if team == team_id and kept.at]
        return [kept for at, kept in sorted(due, key=lambda one: one[0]) if at <= now][:most]

    async def ahead(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        self._answer()
        latest = now + FURTHEST
        due = [kept for (team, _), kept in self.kept.items() if team == team_id and kept.at]
        return [kept for kept in due if kept.at and kept.at > latest][:most]

    async def put(self, team_id: str, next_: DigestDue) -> None:
        self._answer()
        self.kept[team_id, next_.channel_id] = next_

    async def move(self, team_id: str, due: DigestDue, next_: DigestDue) -> bool:
        self._answer()
        kept = self.kept.get((team_id, due.channel_id))
        if kept is None or kept.at is None or kept.at != due.at:
            return False
        self.kept[team_id, due.channel_id] = next_
        return True


class FakeTermCounts(Store):
    """Implements `bot.ports.TermCounts`."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[tuple[str, str, str, str]] = Counter()

    async def count(self, team_id: str, channel_id: str, week: str, term: str) -> None:
        self._answer()
        self.counted[team_id, channel_id, week, term] += 1

    async def most_asked(
        self, team_id: str, channel_id: str, weeks: Sequence[str], most: int
    ) -> Sequence[tuple[str, int]]:
        self._answer()
        counted: Counter[str] = Counter()
        for (team, channel, week, term), times in self.counted.items():
            if (team, channel) == (team_id, channel_id) and week in weeks:
                counted[term] += times
        return ranked(counted)[:most]


class FakeChannelSettings(Store):
    """Implements `bot.ports.ChannelSettingsStore`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], KeptSettings] = {}

    async def load(self, team_id: str, channel_id: str) -> KeptSettings:
        self._answer()
        return self.kept.get((team_id, channel_id), KeptSettings())

    async def save(self, team_id: str, channel_id: str, settings: KeptSettings) -> bool:
        self._answer()
        kept = self.kept.get((team_id, channel_id), KeptSettings())
        if settings.revision != kept.revision + 1:
            return False
        self.kept[team_id, channel_id] = settings
        return True
