"""Posts digests when they are due, for as long as the program serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.digest_posting import DigestPoster
from bot.looking import going_on, look_every

LOOK_EVERY_S = 60.0


class DigestClock:
    """Looks every minute whether a digest is due; any replica may find it first."""

    def __init__(self, poster: DigestPoster, clock: Callable[[], datetime]) -> None:
        self._poster = poster
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await look_every(LOOK_EVERY_S, self.look, stop)

    async def look(self) -> None:
        """Post what is due; what fails is tried again the next time."""
        with going_on("digests_failed"):
            await self._poster.post_due(self._clock())
