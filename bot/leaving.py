"""What happens when a workspace removes the app: everything of theirs is deleted, after a time to come back.

An app is also taken for removed when its token is revoked, which people do to exchange a token that leaked.
Were everything deleted at once, that would cost them their decisions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.errors import BotError
from bot.ports import Departures, EntriesOfTeams, Workspaces

IsInstalled = Callable[[str], Awaitable[bool]]
"""Says whether the app is in a workspace. Raises BotError when that cannot be told."""

log = structlog.get_logger(__name__)


class Leaving:
    """Notes that a workspace removed the app, and deletes what is theirs when the time has come."""

    def __init__(
        self,
        departures: Departures,
        workspaces: Workspaces,
        entries: EntriesOfTeams,
        *,
        keep_for: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._departures = departures
        self._workspaces = workspaces
        self._entries = entries
        self._keep_for = keep_for
        self._clock = clock

    async def note(self, team_id: str) -> None:
        """Note that a workspace removed the app; the first time counts. Raises StoreUnavailable."""
        await self._departures.note(team_id, self._clock() + self._keep_for)

    async def delete_due(self, is_installed: IsInstalled) -> None:
        """Delete everything of the workspaces whose time has come, unless the app is there again.

        Where that cannot be told, it is tried again the next time. Raises StoreUnavailable.
        """
        for team_id in await self._departures.due(self._clock()):
            try:
                is_back = await is_installed(team_id)
            except BotError as error:
                log.warning("departure_not_checked", team_id=team_id, reason=str(error))
                continue
            if is_back:
                await self._departures.forget(team_id)
                log.info("workspace_is_back", team_id=team_id)
            else:
                await self.delete(team_id)

    async def delete(self, team_id: str) -> int:
        """Delete everything of a workspace now; returns how many things. Raises StoreUnavailable."""
        # What is not answered yet first: its answer would write anew.
        entries = await self._entries.drop_of(team_id)
        deleted = entries + await self._workspaces.delete(team_id)
        await self._departures.forget(team_id)
        log.info("workspace_deleted", team_id=team_id, things=deleted)
        return deleted
