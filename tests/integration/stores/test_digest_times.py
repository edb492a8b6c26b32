from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import DigestDue, DigestTimes
from bot.stores.connection import RedisClients
from bot.stores.digest_times import RedisDigestTimes
from tests.fakes.stores import FakeDigestTimes

DUE_AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
DUE = DigestDue("C1", DUE_AT, "2026-W47")
NEXT = DigestDue("C1", DUE_AT + timedelta(weeks=1), "2026-W48")


@pytest.fixture
def times(clients_if_needed: RedisClients | None) -> DigestTimes:
    return RedisDigestTimes(clients_if_needed.quick) if clients_if_needed else FakeDigestTimes()


async def test_a_digest_is_due_from_its_second_on(times: DigestTimes) -> None:
    await times.put("T1", DUE)
    assert await times.due("T1", DUE_AT - timedelta(seconds=1), 9) == []
    assert await times.due("T1", DUE_AT, 9) == [DUE]
    assert await times.of_channel("T1", "C1") == DUE


async def test_the_longest_due_comes_first_and_no_more_than_asked_for(times: DigestTimes) -> None:
    rows = [DigestDue(f"C{n}", DUE_AT - timedelta(hours=n), "2026-W47") for n in range(5)]
    for row in rows:
        await times.put("T1", row)
    assert await times.due("T1", DUE_AT, 3) == [rows[4], rows[3], rows[2]]


async def test_what_is_off_is_never_due_and_what_was_covered_is_remembered(times: DigestTimes) -> None:
    await times.put("T1", DUE)
    await times.put("T1", DigestDue("C1", None, "2026-W48"))
    assert await times.due("T1", DUE_AT + timedelta(weeks=9), 9) == []
    assert await times.of_channel("T1", "C1") == DigestDue("C1", None, "2026-W48")
    assert await times.of_channel("T1", "C2") is None


async def test_of_two_who_move_it_one_wins(times: DigestTimes) -> None:
    await times.put("T1", DUE)
    assert await times.move("T1", DUE, NEXT)
    assert not await times.move("T1", DUE, DigestDue("C1", None, "2027-W01"))
    assert await times.of_channel("T1", "C1") == NEXT


async def test_what_was_switched_off_meanwhile_stays_off(times: DigestTimes) -> None:
    await times.put("T1", DUE)
    await times.put("T1", DigestDue("C1", None, "2026-W47"))
    assert not await times.move("T1", DUE, NEXT)
    assert await times.due("T1", DUE_AT + timedelta(weeks=9), 9) == []


async def test_workspaces_have_times_of_their_own(times: DigestTimes) -> None:
    await times.put("T1", DUE)
    assert await times.due("T2", DUE_AT, 9) == []
    assert await times.of_channel("T2", "C1") is None


async def test_only_what_a_wrong_clock_has_set_is_ahead(times: DigestTimes) -> None:
    far_ahead = DigestDue("C2", datetime(2099, 1, 1, tzinfo=UTC), "2098-W52")
    await times.put("T1", NEXT)
    await times.put("T1", far_ahead)
    await times.put("T1", DigestDue("C3", None, "2098-W52"))
    assert await times.ahead("T1", DUE_AT, 9) == [far_ahead]
    assert await times.ahead("T2", DUE_AT, 9) == []
