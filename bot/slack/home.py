"""A person's Home: drawn when they open it, and again when something in it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.errors import BotError, SlackRefused
from bot.overview import USUAL_DAYS, Overviews
from bot.ports import FirstContacts
from bot.slack import home_blocks
from bot.slack.incoming import HomeOpened
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb

NOWHERE = ""
"""A Home stands in no channel, so what belongs to one channel is never shown in it."""

log = structlog.get_logger(__name__)


class Home:
    """Shows people their overview."""

    def __init__(
        self,
        web: SlackWeb,
        contacts: FirstContacts,
        overviews: Overviews,
        viewers: Viewers,
        clock: Callable[[], datetime],
    ) -> None:
        self._web = web
        self._contacts = contacts
        self._overviews = overviews
        self._viewers = viewers
        self._clock = clock

    async def open(self, opened: HomeOpened) -> str:
        """Draw it, as far back as they picked last. Returns what became of it.

        Raises StoreUnavailable and StoredDataInvalid. What Slack refuses is tried at the next opening.
        """
        team_id, user_id = opened.team_id, opened.user_id
        days = opened.days or await self._contacts.home_days(team_id, user_id) or USUAL_DAYS
        await self._contacts.keep_home(team_id, user_id, days)
        try:
            await self._draw(team_id, user_id, days)
        except SlackRefused as error:
            log.warning("home_not_shown", user_id=user_id, reason=str(error))
            return "home_not_shown"
        return "home"

    async def refresh(self, team_id: str, *user_ids: str) -> None:
        """Draw it again for those who opened theirs lately. Never raises: nobody waits for it."""
        for user_id in dict.fromkeys(user_ids):
            try:
                days = await self._contacts.home_days(team_id, user_id)
                if days is not None:
                    await self._draw(team_id, user_id, days)
            except BotError as error:
                log.warning("home_not_refreshed", user_id=user_id, reason=str(error))

    async def _draw(self, team_id: str, user_id: str, days: int) -> None:
        viewer = await self._viewers.viewer(user_id, NOWHERE)
        overview = await self._overviews.of(team_id, viewer, days, self._clock())
        await self._web.publish_home(user_id, home_blocks.home(overview))
