"""Looks every hour for what has been kept long enough, for as long as the program serves.

Any number of replicas may look at once: what one has erased or deleted, the others no longer find.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.forgetting import Forgetting
from bot.leaving import IsInstalled, Leaving
from bot.looking import going_on, look_every

LOOK_EVERY_S = 3_600.0

log = structlog.get_logger(__name__)


class Retention:
    """Erases the words of old decisions, and deletes what is left of workspaces that removed the app."""

    def __init__(
        self,
        forgetting: Forgetting,
        leaving: Leaving,
        team_ids: Callable[[], Awaitable[Sequence[str]]],
        is_installed: IsInstalled,
        *,
        record_words_days: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._forgetting = forgetting
        self._leaving = leaving
        self._team_ids = team_ids
        self._is_installed = is_installed
        self._record_words_days = record_words_days
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await look_every(LOOK_EVERY_S, self.look, stop)

    async def look(self) -> None:
        """Do what is due; what fails is done the next time, and one workspace's failure keeps no other's."""
        team_ids: Sequence[str] = ()
        with going_on("retention_failed"):
            await self._leaving.delete_due(self._is_installed)
            if self._record_words_days:
                team_ids = await self._team_ids()
        for team_id in team_ids:
            with going_on("retention_failed", team_id=team_id):
                erased = await self._forgetting.erase_old(team_id, self._record_words_days, self._clock())
                for line in erased.unread:
                    log.warning("retention_left_out", team_id=team_id, reason=line)
