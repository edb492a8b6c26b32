from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot import digest_clock
from bot.digest_clock import DigestClock
from bot.errors import StoreUnavailable

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class FailingPoster:
    """Fails as told, one failure a look, and ends the clock at the last look."""

    def __init__(self, stop: asyncio.Event, *failures: Exception) -> None:
        self.looks: list[datetime] = []
        self._failures = list(failures)
        self._stop = stop

    async def post_due(self, now: datetime) -> None:
        self.looks.append(now)
        if not self._failures:
            self._stop.set()
            return
        raise self._failures.pop(0)


async def test_the_clock_goes_on_whatever_a_look_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest_clock, "LOOK_EVERY_S", 0.001)
    stop = asyncio.Event()
    poster = FailingPoster(stop, StoreUnavailable("Redis is away"), KeyError("a bug"))
    async with asyncio.timeout(5):
        await DigestClock(poster, lambda: NOW).run(stop)  # type: ignore[arg-type] # all that it calls
    assert poster.looks == [NOW] * 3
