from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.ports import DigestMarks, DigestPosting
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.digest_marks import RedisDigestMarks

MARK = ("T1", "C1", "2026-W47")


async def test_of_many_replicas_one_may_post(digest_marks: DigestMarks) -> None:
    claims = await asyncio.gather(*(digest_marks.claim(*MARK, f"replica {number}") for number in range(10)))

    assert sorted(claims) == ["ours"] + ["theirs"] * 9


async def test_a_claimant_does_not_win_twice(digest_marks: DigestMarks) -> None:
    assert await digest_marks.claim(*MARK, "one") == "ours"
    assert await digest_marks.claim(*MARK, "one") == "theirs"


async def test_each_channel_and_week_has_its_own_digest(digest_marks: DigestMarks) -> None:
    for mark in (MARK, ("T2", "C1", "2026-W47"), ("T1", "C2", "2026-W47"), ("T1", "C1", "2026-W48")):
        assert await digest_marks.claim(*mark, "one") == "ours"


async def test_a_posted_digest_is_never_posted_again(digest_marks: DigestMarks) -> None:
    await digest_marks.claim(*MARK, "one")
    await digest_marks.confirm(*MARK)
    await digest_marks.release(*MARK)

    assert await digest_marks.claim(*MARK, "two") == "posted"


async def test_after_a_failure_another_may_try(digest_marks: DigestMarks) -> None:
    await digest_marks.claim(*MARK, "one")
    await digest_marks.release(*MARK)

    assert await digest_marks.claim(*MARK, "two") == "ours"


async def test_releasing_what_was_not_claimed_does_nothing(digest_marks: DigestMarks) -> None:
    await digest_marks.release(*MARK)

    assert await digest_marks.claim(*MARK, "one") == "ours"


async def test_the_claim_of_someone_who_died_runs_out(redis_clients: RedisClients) -> None:
    await RedisDigestMarks(redis_clients.quick).claim(*MARK, "one")

    seconds = await redis_clients.quick.ttl(keys.digest_mark(*MARK))

    assert 0 < seconds <= keys.DIGEST_CLAIM_MINUTES * 60


async def test_a_late_release_does_not_touch_the_next_ones_claim(redis_clients: RedisClients) -> None:
    slow, next_one = RedisDigestMarks(redis_clients.quick), RedisDigestMarks(redis_clients.quick)
    await slow.claim(*MARK, "slow")
    await redis_clients.quick.delete(keys.digest_mark(*MARK))  # its time ran out
    await next_one.claim(*MARK, "next")

    await slow.release(*MARK)

    assert await slow.claim(*MARK, "slow") == "theirs"


async def test_a_digest_has_one_id_however_often_it_is_tried(digest_marks: DigestMarks) -> None:
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    first = await digest_marks.begin(*MARK, now)
    again = await digest_marks.begin(*MARK, now + timedelta(days=1))
    assert (first.tried_since, again) == (None, DigestPosting(first.post_id, now))
    assert (await digest_marks.begin("T1", "C2", "2026-W47", now)).post_id != first.post_id
