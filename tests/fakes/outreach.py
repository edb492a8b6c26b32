"""What was sent of our own accord, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.ports import (
    Attempt,
)
from bot.stores import keys
from bot.stores.outreach_marks import CLOCKS_DIFFER_S
from tests.fakes.away import Store


@dataclass
class _Outreach:
    sent_at: datetime | None = None
    claimed_until: datetime | None = None
    by: str = ""
    attempt: Attempt | None = None
    begun_at: datetime | None = None


class FakeOutreachMarks(Store):
    """Implements `bot.ports.OutreachMarks`."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, str, str], _Outreach] = {}
        self._told: dict[tuple[str, str], dict[str, datetime]] = {}
        self._ids = 0

    async def claim(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, quiet_since: datetime | None
    ) -> Attempt | None:
        self._answer()
        kept = self._kept.setdefault((team_id, kind, to), _Outreach())
        latest = now + timedelta(seconds=CLOCKS_DIFFER_S)
        claim_lives = timedelta(minutes=keys.OUTREACH_CLAIM_MINUTES)
        if kept.sent_at is not None and kept.sent_at > latest:
            kept.sent_at = None
        if kept.claimed_until is not None and kept.claimed_until - claim_lives > latest:
            kept.by, kept.claimed_until = "", None
        if quiet_since is not None and kept.sent_at is not None and kept.sent_at >= quiet_since:
            return None
        if kept.claimed_until is not None and kept.claimed_until > now:
            return None
        if kept.attempt is None:
            self._ids += 1
            kept.attempt = Attempt(f"message-{self._ids}")
        kept.by, kept.claimed_until = by, now + claim_lives
        return kept.attempt

    async def intend(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, items: Sequence[str]
    ) -> bool:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.by != by or kept.attempt is None:
            return False
        kept.attempt, kept.begun_at = replace(kept.attempt, earlier=tuple(items)), now
        return True

    async def confirm(self, team_id: str, kind: str, to: str, attempt: Attempt) -> None:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.attempt is None or kept.begun_at is None or kept.attempt.reply_id != attempt.reply_id:
            return
        told = self._told.setdefault((team_id, kind), {})
        told.update(dict.fromkeys(kept.attempt.earlier, kept.begun_at))
        self._kept[team_id, kind, to] = _Outreach(sent_at=kept.begun_at)

    async def release(self, team_id: str, kind: str, to: str, *, by: str) -> None:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.by == by:
            kept.by, kept.claimed_until = "", None

    async def told(self, team_id: str, kind: str, now: datetime) -> Mapping[str, datetime]:
        self._answer()
        latest = now + timedelta(seconds=CLOCKS_DIFFER_S)
        told = self._told.get((team_id, kind), {})
        self._told[team_id, kind] = {item: at for item, at in told.items() if at <= latest}
        return dict(self._told[team_id, kind])

    async def note(self, team_id: str, kind: str, items: Sequence[str], now: datetime) -> None:
        self._answer()
        self._told.setdefault((team_id, kind), {}).update(dict.fromkeys(items, now))
