"""Posts digests when they are due, for as long as the program serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot.digest import DigestPoster, Schedule, due_week
from bot.errors import BotError

LOOK_EVERY_S = 60.0

log = structlog.get_logger(__name__)


class DigestClock:
    """Looks every minute whether a week's digest is due and unposted.

    Each channel's due week is marked in Redis, so that replicas post it once and a week missed while
    everything was down is posted on return.
    """

    def __init__(
        self,
        poster: DigestPoster,
        schedule: Schedule,
        channel_ids: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._poster = poster
        self._schedule = schedule
        self._channel_ids = channel_ids
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            await self.post_due()
            try:
                await asyncio.wait_for(stop.wait(), LOOK_EVERY_S)
            except TimeoutError:
                continue

    async def post_due(self) -> None:
        """Post what is due; a channel that fails is tried again later and keeps no other waiting."""
        week = due_week(self._clock(), self._schedule)
        for channel_id in self._channel_ids:
            try:
                posted = await self._poster.post(channel_id, week)
            except BotError as error:
                log.warning("digest_failed", channel_id=channel_id, week=week, error=str(error))
                continue
            if posted:
                log.info("digest_posted", channel_id=channel_id, week=week)
