"""Months of reminders with two replicas on a real Redis: none lost, none doubled, one a week at most."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Audience
from bot.deciding import accept, review
from bot.outreach import Outreach
from bot.recipients import Recipients, is_humane
from bot.record import DecisionRecord
from bot.reminding import KIND, QUIET_DAYS, ReviewReminders
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from bot.stores.outreach_marks import RedisOutreachMarks
from tests.fakes.courier import FakeCourier, ids_in
from tests.integration.stores.examples import a_record

BEGIN = datetime(2026, 10, 12, tzinfo=UTC)
"""Clocks change on 25 October in Berlin and on 1 November in New York."""
WEEKS = 12
LOOK_EVERY = timedelta(hours=1)
ZONES = {"U1": "Europe/Berlin", "U2": "America/New_York", "U3": "Asia/Kolkata", "U4": "Pacific/Auckland"}
DECISIONS = 40
INTERVALS = range(3, 60)
"""Days until a first review; the days after a review are those of its kind."""


@dataclass
class _Office:
    """Two replicas, people who answer every reminder within the hour, and whatever goes wrong."""

    clients: RedisClients
    courier: FakeCourier = field(default_factory=lambda: FakeCourier(dict(ZONES)))
    sent_at: list[datetime] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log = RedisDecisionLog(self.clients.quick)
        marks = RedisOutreachMarks(self.clients.quick)
        self.replicas = [
            ReviewReminders(
                self.log,
                Outreach(marks, self.courier, "T1", KIND, by),
                Recipients(self.courier, ZoneInfo("Europe/Berlin")),
            )
            for by in ("one", "two")
        ]

    async def decide(self) -> None:
        for number in range(1, DECISIONS + 1):
            owner = f"U{1 + number % len(ZONES)}"
            audience = Audience(kind="workspace", channel_id="C1")
            asked = a_record(number).model_copy(update={"owner": owner, "audience": audience})
            after = INTERVALS[number * 7 % len(INTERVALS)]
            kept = accept(asked, by="U2", at=BEGIN, shown=asked.current.option, review_after_days=after)
            assert isinstance(kept, DecisionRecord)
            await self.log.save(kept)

    async def live(self, is_up: Callable[[datetime], bool] = lambda _: True) -> None:
        now, end = BEGIN, BEGIN + timedelta(weeks=WEEKS)
        while now < end:
            if is_up(now):
                await asyncio.gather(*(replica.send_due(now) for replica in self.replicas))
            await self._answer_what_came(now)
            now += LOOK_EVERY

    async def _answer_what_came(self, now: datetime) -> None:
        for _, letter in self.courier.sent[len(self.sent_at) :]:
            self.sent_at.append(now)
            for id_ in ids_in(letter):
                record = await self.log.load("T1", id_)
                assert record is not None
                assert record.review_on is not None
                said = review(
                    record, by=record.owner, at=now, verdict="still_right", asked_for=record.review_on
                )
                assert isinstance(said, DecisionRecord)
                await self.log.save(said)
                self.answered.append(id_)

    def check(self) -> None:
        reply_ids = [reply_id for reply_id, _ in self.courier.sent]
        assert len(set(reply_ids)) == len(reply_ids), "a message was sent twice"
        assert Counter(self.answered) == {f"D-{number:010d}": 1 for number in range(1, DECISIONS + 1)}
        for person, zone in ZONES.items():
            tos = zip(self.sent_at, self.courier.sent, strict=True)
            moments = [at for at, (_, letter) in tos if letter.to.key == person]
            assert moments
            assert all(is_humane(at, ZoneInfo(zone)) for at in moments)
            days = [at.astimezone(ZoneInfo(zone)).date() for at in moments]
            assert all((later - earlier).days >= QUIET_DAYS for earlier, later in pairwise(days)), person


@pytest.fixture
async def office(redis_clients: RedisClients) -> _Office:
    office = _Office(redis_clients)
    await office.decide()
    return office


async def test_each_review_is_brought_up_once(office: _Office) -> None:
    await office.live()
    office.check()


@pytest.mark.parametrize("days", [1, 21])
async def test_what_came_due_while_nothing_ran_is_brought_up_on_return(office: _Office, days: int) -> None:
    left = datetime(2026, 10, 23, tzinfo=UTC)
    await office.live(lambda now: not left <= now < left + timedelta(days=days))
    office.check()


async def test_slack_failing_in_the_middle_loses_and_doubles_nothing(office: _Office) -> None:
    chance = random.Random(7)
    office.courier.troubles = chance.choices(["refused", "lost", "refused"], k=30)
    await office.live()
    assert office.courier.troubles == []
    office.check()
