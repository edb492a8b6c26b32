"""What we send of our own accord: claimed, written down, sent, confirmed; by the time that is given."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.ports import Attempt, OutreachMarks
from bot.stores import keys
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
    assert await outreach_marks.told("T1", "review") == {}


async def test_whoever_lost_the_claim_posts_nothing(outreach_marks: OutreachMarks) -> None:
    await claimed(outreach_marks)
    await claimed(outreach_marks, "two", now=LATER)
    assert not await outreach_marks.intend(*TO, by="one", now=LATER, items=ITEMS)
    await outreach_marks.release(*TO, by="one")
    assert await claimed(outreach_marks, "three", now=LATER) is None


async def test_what_was_sent_is_told_and_keeps_the_person_quiet(outreach_marks: OutreachMarks) -> None:
    await sent(outreach_marks)
    assert await outreach_marks.told("T1", "review") == dict.fromkeys(ITEMS, NOW)
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
    assert set((await outreach_marks.told("T1", "review")).values()) == {NOW}
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
    assert await outreach_marks.told("T2", "review") == {}


async def test_what_can_be_told_to_nobody_is_noted(outreach_marks: OutreachMarks) -> None:
    await outreach_marks.note("T1", "review", ["D-1"], NOW)
    assert await outreach_marks.told("T1", "review") == {"D-1": NOW}
