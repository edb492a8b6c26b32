"""What looks while the program serves goes on, whatever a look brings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import outreach_clock, retention
from bot.errors import StoreUnavailable
from bot.outreach_clock import OutreachClock
from bot.retention import Retention

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Failing:
    """Fails as told, one failure a look, and ends the looking at the last one."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.looks = 0
        self._failures: list[Exception] = [StoreUnavailable("Redis is away"), KeyError("a bug")]
        self._stop = stop

    async def look(self, *_: object) -> int:
        self.looks += 1
        if self._failures:
            raise self._failures.pop(0)
        self._stop.set()
        return 0

    send_due = send_news = delete_due = look


async def test_a_bug_in_one_reminder_does_not_end_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outreach_clock, "LOOK_EVERY_S", 0.001)
    stop = asyncio.Event()
    failing: Any = Failing(stop)
    async with asyncio.timeout(5):
        await OutreachClock(failing, failing, lambda: NOW).run(stop)
    assert failing.looks >= 3


async def test_a_bug_in_forgetting_does_not_end_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "LOOK_EVERY_S", 0.001)
    stop = asyncio.Event()
    failing: Any = Failing(stop)

    async def no_teams() -> Sequence[str]:
        return ()

    async def is_installed(_team_id: str) -> bool:
        return True

    keeping = Retention(failing, failing, no_teams, is_installed, record_words_days=0, clock=lambda: NOW)
    async with asyncio.timeout(5):
        await keeping.run(stop)
    assert failing.looks == 3
