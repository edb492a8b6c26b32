"""Writes to people of our own accord when it is time, for as long as the program serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.looking import going_on, look_every
from bot.reminding import ReviewReminders
from bot.watching import AvailabilityWatch

LOOK_EVERY_S = 300.0
WATCH_EVERY = timedelta(hours=1)
"""At start and then often enough to meet everybody's working hours on the day that something closes."""

log = structlog.get_logger(__name__)


class OutreachClock:
    """Looks every few minutes for reviews that are due, and every hour for models that were closed.

    What was sent is marked in Redis, so that replicas send it once and what was missed is sent on return.
    """

    def __init__(
        self, reminders: ReviewReminders, watch: AvailabilityWatch, clock: Callable[[], datetime]
    ) -> None:
        self._reminders = reminders
        self._watch = watch
        self._clock = clock
        self._watched_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await look_every(LOOK_EVERY_S, self.look, stop)

    async def look(self) -> None:
        """Send what is due; what fails is tried again the next time."""
        now = self._clock()
        with going_on("outreach_failed"):
            # After a clock is set back it is time, too: whatever was looked at then may not be so yet.
            if self._watched_at is None or not timedelta(0) <= now - self._watched_at < WATCH_EVERY:
                if notices := await self._watch.send_news(now):
                    log.info("closings_told", messages=notices)
                self._watched_at = now
            if reminders := await self._reminders.send_due(now):
                log.info("reviews_reminded", messages=reminders)
