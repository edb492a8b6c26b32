"""Sends one message that nobody asked for, once, whatever other replicas do and wherever one of them dies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.errors import StoreUnavailable
from bot.letters import Letter
from bot.ports import Courier, OutreachMarks

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outreach:
    """Messages of one kind in one workspace. `by` names this replica."""

    marks: OutreachMarks
    courier: Courier
    team_id: str
    kind: str
    by: str

    async def send(
        self, letter: Letter, items: Sequence[str], *, now: datetime, quiet_since: datetime | None
    ) -> bool:
        """Send a letter that tells these items; False when it is not the time, or another is at it.

        False, too, when an earlier letter is found to have been sent. Raises SlackRefused and
        StoreUnavailable; it is tried again then.
        """
        to = letter.to.key
        attempt = await self.marks.claim(
            self.team_id, self.kind, to, by=self.by, now=now, quiet_since=quiet_since
        )
        if attempt is None:
            return False
        try:
            if attempt.earlier and await self.courier.has_sent(letter.to, attempt.reply_id):
                await self.marks.confirm(self.team_id, self.kind, to, attempt)
                return False
            if not await self.marks.intend(self.team_id, self.kind, to, by=self.by, now=now, items=items):
                return False
            await self.courier.send(letter, attempt.reply_id)
        except BaseException:
            await self._release(to)
            raise
        await self.marks.confirm(self.team_id, self.kind, to, attempt)
        return True

    async def _release(self, to: str) -> None:
        try:
            await self.marks.release(self.team_id, self.kind, to, by=self.by)
        except StoreUnavailable as error:
            # It runs out by itself; why it failed before matters more.
            log.warning("claim_not_released", kind=self.kind, reason=str(error))
