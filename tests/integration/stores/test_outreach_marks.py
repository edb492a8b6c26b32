"""What we send of our own accord: claimed, written down, sent, confirmed; by the time that is given."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from bot.ports import Attempt, OutreachMarks
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.outreach_marks import CLOCKS_DIFFER_S, RedisOutreachMarks
from tests.integration.stores.examples import NOW

TO = ("T1", "review", "U1")
ITEMS = ["D-1|2026-11-16|U1", "D-2|2026-11-16|U1"]
LATER = NOW + timedelta(minutes=keys.OUTREACH_CLAIM_MINUTES)


async def claimed(marks: OutreachMarks, by: str = "one", **changes: object) -> Attempt | None:
    given = {"now": NOW, "quiet_since": None, **changes}
    return await marks.claim(*TO, by=by, **given)  # type: ignore[arg-type] # the tests say which


async def sent(marks: OutreachMarks) -> Attempt:
    attempt = await claimed(marks)
    assert attempt is not None
    assert await marks.intend(*TO, by="one", now=NOW, items=ITEMS)
    await marks.confirm(*TO, attempt)
    return attempt


async def test_of_many_replicas_one_may_send(outreach_marks: OutreachMarks) -> None:
    claims = await asyncio.gather(*(claimed(outreach_marks, f"replica {number}") for number in range(10)))
    assert [claim is None for claim in claims].count(False) == 1


async def test_a_claim_stands_until_it_runs_out_by_the_time_that_is_given(
    outreach_marks: OutreachMarks,
) -> None:
    first = await claimed(outreach_marks)
    assert await claimed(outreach_marks, "two", now=LATER - timedelta(seconds=1)) is None
    # The next one goes on with the same attempt, so that what was posted can be found.
    assert await claimed(outreach_marks, "two", now=LATER) == first


async def test_an_attempt_that_broke_off_says_what_it_would_have_told(outreach_marks: OutreachMarks) -> None:
    first = await claimed(outreach_marks)
    assert first is not None
    assert await outreach_marks.intend(*TO, by="one", now=NOW, items=ITEMS)
    await outreach_marks.release(*TO, by="one")
    assert await claimed(outreach_marks, "two") == Attempt(first.reply_id, tuple(ITEMS))
    assert await outreach_marks.told("T1", "review", NOW) == {}


async def test_whoever_lost_the_claim_posts_nothing(outreach_marks: OutreachMarks) -> None:
    await claimed(outreach_marks)
    await claimed(outreach_marks, "two", now=LATER)
    assert not await outreach_marks.intend(*TO, by="one", now=LATER, items=ITEMS)
    await outreach_marks.release(*TO, by="one")
    assert await claimed(outreach_marks, "three", now=LATER) is None


async def test_what_was_sent_is_told_and_keeps_the_person_quiet(outreach_marks: OutreachMarks) -> None:
    await sent(outreach_marks)
    assert await outreach_marks.told("T1", "review", NOW) == dict.fromkeys(ITEMS, NOW)
    assert await claimed(outreach_marks, quiet_since=NOW) is None
    again = await claimed(outreach_marks, quiet_since=NOW + timedelta(seconds=1))
    assert again is not None
    assert again.earlier == ()


async def test_each_message_has_an_id_of_its_own(outreach_marks: OutreachMarks) -> None:
    first = await sent(outreach_marks)
    second = await claimed(outreach_marks)
    assert second is not None
    assert second.reply_id != first.reply_id


async def test_what_is_confirmed_late_counts_from_when_it_was_sent(outreach_marks: OutreachMarks) -> None:
    attempt = await claimed(outreach_marks)
    assert attempt is not None
    await outreach_marks.intend(*TO, by="one", now=NOW, items=ITEMS)
    weeks_later = NOW + timedelta(days=21)
    found = await claimed(outreach_marks, "two", now=weeks_later, quiet_since=weeks_later - timedelta(days=7))
    assert found is not None
    await outreach_marks.confirm(*TO, found)
    assert set((await outreach_marks.told("T1", "review", NOW)).values()) == {NOW}
    assert await claimed(outreach_marks, now=weeks_later, quiet_since=weeks_later - timedelta(days=7))


async def test_confirming_twice_or_another_attempt_changes_nothing(outreach_marks: OutreachMarks) -> None:
    attempt = await sent(outreach_marks)
    await outreach_marks.confirm(*TO, attempt)
    assert await claimed(outreach_marks) is not None
    await outreach_marks.confirm(*TO, attempt)
    assert await claimed(outreach_marks, "two") is None


async def test_people_and_kinds_do_not_wait_for_each_other(outreach_marks: OutreachMarks) -> None:
    await sent(outreach_marks)
    for to in (("T1", "closed", "U1"), ("T1", "review", "U2"), ("T2", "review", "U1")):
        assert await outreach_marks.claim(*to, by="one", now=NOW, quiet_since=NOW) is not None
    assert await outreach_marks.told("T2", "review", NOW) == {}


async def test_what_can_be_told_to_nobody_is_noted(outreach_marks: OutreachMarks) -> None:
    await outreach_marks.note("T1", "review", ["D-1"], NOW)
    assert await outreach_marks.told("T1", "review", NOW) == {"D-1": NOW}


FAR_AHEAD = datetime(2099, 1, 1, tzinfo=UTC)
"""Later than any clock of this or of the server."""


async def send_at(marks: OutreachMarks, now: datetime) -> None:
    attempt = await claimed(marks, now=now)
    assert attempt is not None
    assert await marks.intend(*TO, by="one", now=now, items=ITEMS)
    await marks.confirm(*TO, attempt)


async def test_what_a_clock_marked_that_was_far_ahead_silences_nobody(outreach_marks: OutreachMarks) -> None:
    await send_at(outreach_marks, FAR_AHEAD)

    assert await outreach_marks.told("T1", "review", NOW) == {}
    assert await claimed(outreach_marks, quiet_since=NOW - timedelta(days=7)) is not None


async def test_a_claim_of_a_clock_that_was_far_ahead_keeps_nobody_from_sending(
    outreach_marks: OutreachMarks,
) -> None:
    first = await claimed(outreach_marks, now=FAR_AHEAD)
    assert await claimed(outreach_marks, "two") == first


async def test_clocks_that_differ_a_little_change_nothing(outreach_marks: OutreachMarks) -> None:
    a_little_ahead = NOW + timedelta(seconds=CLOCKS_DIFFER_S)
    await send_at(outreach_marks, a_little_ahead)

    assert await outreach_marks.told("T1", "review", NOW) == dict.fromkeys(ITEMS, a_little_ahead)
    assert await claimed(outreach_marks, quiet_since=NOW) is None


async def test_a_clock_that_is_far_behind_undoes_no_mark(redis_clients: RedisClients) -> None:
    # By the server's clock these marks are long past: ours is the one that is wrong.
    marks = RedisOutreachMarks(redis_clients.quick)
    behind, sent_at = (datetime(year, 1, 1, tzinfo=UTC) for year in (1990, 2001))
    await send_at(marks, sent_at)

    assert await marks.told("T1", "review", behind) == dict.fromkeys(ITEMS, sent_at)
    assert await claimed(marks, now=behind, quiet_since=behind) is None


async def test_what_was_ahead_is_told_of_and_gone(redis_clients: RedisClients) -> None:
    marks = RedisOutreachMarks(redis_clients.quick)
    await send_at(marks, FAR_AHEAD)

    with capture_logs() as lines:
        for _ in range(2):
            await marks.told("T1", "review", NOW)
            await claimed(marks, quiet_since=NOW)

    assert [line["event"] for line in lines] == ["marks_were_ahead", "mark_was_ahead"]
    assert await redis_clients.quick.exists(keys.told("T1", "review")) == 0
