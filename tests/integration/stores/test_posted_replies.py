from __future__ import annotations

import asyncio

from bot.ports import PostedReplies, Spot
from bot.stores.connection import RedisClients
from bot.stores.posted_replies import RedisPostedReplies


async def test_an_entry_has_one_reply_id_however_often_and_by_whom_it_is_asked_for(
    posted_replies: PostedReplies,
) -> None:
    ids = await asyncio.gather(*(posted_replies.reply_id("T1", "1-0") for _ in range(10)))

    assert len(set(ids)) == 1


async def test_different_entries_and_teams_have_different_reply_ids(posted_replies: PostedReplies) -> None:
    asked = [("T1", "1-0"), ("T1", "2-0"), ("T2", "1-0")]

    assert len({await posted_replies.reply_id(*entry) for entry in asked}) == 3


async def test_a_reply_is_posted_once_it_was_marked(posted_replies: PostedReplies) -> None:
    reply_id = await posted_replies.reply_id("T1", "1-0")
    assert await posted_replies.posted_ts("T1", reply_id) is None

    await posted_replies.mark_posted("T1", reply_id, "1700000000.000100")

    assert await posted_replies.posted_ts("T1", reply_id) == "1700000000.000100"
    assert await posted_replies.posted_ts("T2", reply_id) is None


async def test_everything_about_posted_replies_expires(redis_clients: RedisClients) -> None:
    replies = RedisPostedReplies(redis_clients.quick)
    await replies.mark_posted("T1", await replies.reply_id("T1", "1-0"), "1.2")

    stored = await redis_clients.quick.keys("*")

    assert len(stored) == 2
    assert all([await redis_clients.quick.ttl(key) > 0 for key in stored])


async def test_where_a_decision_stands_is_told_newest_first(posted_replies: PostedReplies) -> None:
    older, newer = Spot("C1", "1.000100", "1.000000"), Spot("C:1", "2.000100", "")
    for spot in (older, newer, older):
        await posted_replies.mark_shown("T1", "D-0000000001", spot)

    assert await posted_replies.shown_at("T1", "D-0000000001") == [newer, older]
    assert await posted_replies.shown_at("T1", "D-0000000002") == []
    assert await posted_replies.shown_at("T2", "D-0000000001") == []
