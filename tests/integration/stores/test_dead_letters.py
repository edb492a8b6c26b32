from __future__ import annotations

import asyncio

from bot.ports import Inbox, InboxState
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.inbox import RedisInbox
from tests.integration.stores.inboxes import NO_WAIT, Tried, bodies, fill


async def test_backlog_and_dead_letters_are_counted(inbox: Inbox) -> None:
    assert await inbox.state() == InboxState(0, 0.0, 0)
    await fill(inbox, "1", "2", "3")
    [first, second] = await inbox.take("w", 2, NO_WAIT)
    await inbox.bury(first, "it failed 5 times")
    await inbox.finish(second)

    state = await inbox.state()

    assert (state.backlog, state.dead_letters) == (1, 1)


async def test_a_dead_letter_is_taken_back_once_and_in_its_turn(redis_clients: RedisClients) -> None:
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking)
    await fill(inbox, "1", "2", order_key="thread")
    [entry] = await inbox.take("w", 10, NO_WAIT)
    await inbox.bury(entry, "ValueError (reference 0badcafe)")
    [letter] = await inbox.dead_letters(10)
    assert letter.reference == "0badcafe"

    retried = await asyncio.gather(*(inbox.retry(letter.id) for _ in range(5)))

    assert sorted(retried) == [False, False, False, False, True]
    assert await inbox.dead_letters(10) == []
    [following] = await inbox.take("w", 10, NO_WAIT)
    assert following.body == "2"
    await inbox.finish(following)
    [again] = await inbox.take("w", 10, NO_WAIT)
    assert (again.body, again.attempts) == ("1", 1)
    assert not await inbox.retry("1-1")


async def test_a_buried_entry_is_a_dead_letter_and_out_of_the_way(tried: Tried) -> None:
    await fill(tried.inbox, "1", "2", order_key="thread")
    [entry] = await tried.inbox.take("w", 10, NO_WAIT)

    await tried.inbox.bury(entry, "it failed 5 times")
    await tried.inbox.bury(entry, "it failed 5 times")

    assert await tried.dead_letters() == [("1", "it failed 5 times")]
    assert bodies(await tried.inbox.take("w", 10, NO_WAIT)) == ["2"]
    assert await tried.inbox.backlog() == 1


async def test_dead_letters_are_listed_newest_first_without_their_words(redis_clients: RedisClients) -> None:
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking)
    await fill(inbox, "a", "b", "c")
    for entry in await inbox.take("w", 10, NO_WAIT):
        await inbox.bury(entry, f"reason {entry.body}")

    letters = await inbox.dead_letters(2)

    assert [letter.reason for letter in letters] == ["reason c", "reason b"]
    assert [letter.attempts for letter in letters] == [1, 1]
    assert await redis_clients.quick.ttl(keys.INBOX_DEAD_LETTERS) > 0
