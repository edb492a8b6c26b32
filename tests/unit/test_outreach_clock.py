"""What looks for reviews and closings while the program serves goes on whatever fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from bot.errors import StoreUnavailable
from bot.outreach_clock import WATCH_EVERY, OutreachClock
from bot.reminding import ReviewReminders
from bot.watching import AvailabilityWatch

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class _Desk:
    now: datetime = MORNING
    is_down: bool = False
    reminded: list[datetime] = field(default_factory=list)
    watched: list[datetime] = field(default_factory=list)
    has_looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def send_due(self, now: datetime) -> int:
        self.reminded.append(now)
        self.has_looked.set()
        return 0

    async def send_news(self, now: datetime) -> int:
        if self.is_down:
            raise StoreUnavailable("Redis did not answer: the test switched it off")
        self.watched.append(now)
        return 1

    def clock(self) -> OutreachClock:
        return OutreachClock(cast(ReviewReminders, self), cast(AvailabilityWatch, self), lambda: self.now)


async def test_closings_are_looked_for_at_start_and_then_every_hour() -> None:
    desk = _Desk()
    clock = desk.clock()
    for _ in range(13):
        await clock.look()
        desk.now += timedelta(minutes=5)
    assert desk.watched == [MORNING, MORNING + WATCH_EVERY]
    assert len(desk.reminded) == 13


async def test_a_clock_that_was_far_ahead_does_not_keep_closings_unseen() -> None:
    desk = _Desk(now=MORNING + timedelta(days=365))
    clock = desk.clock()
    await clock.look()
    desk.now = MORNING
    await clock.look()
    assert desk.watched[1:] == [MORNING]


async def test_what_failed_is_tried_at_the_next_look() -> None:
    desk = _Desk(is_down=True)
    clock = desk.clock()
    await clock.look()
    desk.is_down = False
    await clock.look()
    assert len(desk.watched) == 1


async def test_it_stops_when_told_to() -> None:
    desk, stop = _Desk(), asyncio.Event()
    running = asyncio.create_task(desk.clock().run(stop))
    await desk.has_looked.wait()
    stop.set()
    await running
    assert len(desk.reminded) == 1
