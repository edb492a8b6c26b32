"""Workspaces join by installing the app, and leave by removing it."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.leaving import IsInstalled, Leaving
from bot.ports import Departures, Installation, Installations

log = structlog.get_logger(__name__)


class Membership:
    """Keeps who has the app. `works` asks Slack whether the token of a workspace is good."""

    def __init__(
        self, installations: Installations, departures: Departures, leaving: Leaving, works: IsInstalled
    ) -> None:
        self._installations = installations
        self._departures = departures
        self._leaving = leaving
        self._works = works

    async def join(self, installation: Installation) -> None:
        """Keep an installation, and everything that was to be deleted. Raises StoreUnavailable."""
        # In this order: in between, nobody deletes what belongs to somebody who is listed.
        await self._installations.save(installation)
        await self._departures.forget(installation.team_id)

    async def leave(self, team_id: str, at: datetime) -> None:
        """Forget the token of whoever removed the app, and note that the rest is to go.

        Not of whoever installed it again since: Slack tells of a removal for an hour, in any order. `at` is
        in whole seconds and by Slack's clock, so that in doubt Slack is asked.

        Raises StoreUnavailable, SlackRefused.
        """
        since = await self._installations.installed_at(team_id)
        if since is not None and at < since and await self._works(team_id):
            log.info("removal_was_before", team_id=team_id)
            return
        if await self._installations.installed_at(team_id) != since:
            # Installed anew while Slack was asked about the token of before.
            await self.leave(team_id, at)
            return
        await self._installations.delete(team_id)
        await self._leaving.note(team_id)

    async def has(self, team_id: str) -> bool:
        """Say whether the app is in a workspace, as far as we were told. Raises StoreUnavailable."""
        return await self._installations.installed_at(team_id) is not None

    async def remove(self, team_id: str) -> int:
        """Delete a workspace's token and everything else of it now; returns how many things.

        Raises StoreUnavailable.
        """
        had_token = await self._installations.delete(team_id)
        return had_token + await self._leaving.delete(team_id)
