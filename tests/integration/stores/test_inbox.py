from __future__ import annotations

import asyncio
import time

import pytest

from bot import tracing
from bot.ports import Inbox
from bot.stores import inbox as inbox_module
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.inbox import RedisInbox
from tests.integration.stores.inboxes import LONG, NO_WAIT, Tried, bodies, fill, on_redis


async def test_an_empty_inbox_gives_nothing(inbox: Inbox) -> None:
    assert list(await inbox.take("w", 10, NO_WAIT)) == []
    assert await inbox.backlog() == 0


async def test_what_was_appended_is_taken_unchanged_and_in_order(inbox: Inbox) -> None:
    await inbox.append('{"text": "Größe {x}:y 🤖"}', order_key="C1:1.2 {}", once="Ev1")
    await inbox.append("{}", order_key="", once="Ev2")

    first, second = await inbox.take("w", 10, NO_WAIT)

    assert (first.body, first.order_key) == ('{"text": "Größe {x}:y 🤖"}', "C1:1.2 {}")
    assert (second.body, second.order_key) == ("{}", "")
    assert first.attempts == second.attempts == 1
    assert first.id != second.id


async def test_what_waits_from_before_the_first_worker_is_taken(inbox: Inbox) -> None:
    await fill(inbox, "a")

    assert bodies(await inbox.take("w", 10, NO_WAIT)) == ["a"]


async def test_a_worker_takes_no_more_than_it_can_handle(inbox: Inbox) -> None:
    await fill(inbox, "a", "b", "c")

    assert bodies(await inbox.take("w", 2, NO_WAIT)) == ["a", "b"]
    assert bodies(await inbox.take("w", 2, NO_WAIT)) == ["c"]


async def test_an_entry_is_taken_by_one_worker(inbox: Inbox) -> None:
    await fill(inbox, *(f"{number}" for number in range(20)))

    taken = await asyncio.gather(*(inbox.take(f"w{number}", 5, NO_WAIT) for number in range(8)))

    assert sorted(body for entries in taken for body in bodies(entries)) == sorted(map(str, range(20)))


async def test_a_waiting_worker_gets_what_comes(inbox: Inbox) -> None:
    waiting = asyncio.create_task(inbox.take("w", 10, LONG))
    await asyncio.sleep(0)
    await fill(inbox, "a")

    assert bodies(await waiting) == ["a"]


async def test_a_repeat_is_recognised_while_waiting_in_work_and_finished(inbox: Inbox) -> None:
    await fill(inbox, "a")
    assert not await inbox.append("a", order_key="k", once="once a")
    [entry] = await inbox.take("w", 10, NO_WAIT)
    assert not await inbox.append("a", order_key="k", once="once a")
    await inbox.finish(entry)
    assert not await inbox.append("a", order_key="k", once="once a")

    assert list(await inbox.take("w", 10, NO_WAIT)) == []


async def test_of_repeats_at_once_one_is_kept(inbox: Inbox) -> None:
    kept = await asyncio.gather(*(inbox.append("a", order_key="k", once="Ev1") for _ in range(10)))

    assert sorted(kept) == [False] * 9 + [True]
    assert await inbox.backlog() == 1


async def test_an_entry_counts_until_it_is_finished(inbox: Inbox) -> None:
    await fill(inbox, "a", "b")
    [entry, _] = await inbox.take("w", 10, NO_WAIT)
    assert await inbox.backlog() == 2

    await inbox.finish(entry)

    assert await inbox.backlog() == 1


async def test_finishing_twice_does_no_harm(inbox: Inbox) -> None:
    await fill(inbox, "a", "b")
    [entry] = await inbox.take("w", 1, NO_WAIT)
    await inbox.finish(entry)
    await inbox.finish(entry)

    assert bodies(await inbox.take("w", 10, NO_WAIT)) == ["b"]


async def test_one_thread_is_handled_in_order_by_however_many_workers(inbox: Inbox) -> None:
    await fill(inbox, "1", "2", "3", order_key="thread")

    handled = []
    for number in range(3):
        [entry] = await inbox.take(f"w{number}", 10, NO_WAIT)
        assert list(await inbox.take("other", 10, NO_WAIT)) == []
        handled.append(entry.body)
        await inbox.finish(entry)

    assert handled == ["1", "2", "3"]


async def test_waiting_for_ones_turn_is_not_an_attempt(inbox: Inbox) -> None:
    await fill(inbox, "1", "2", order_key="thread")
    [first] = await inbox.take("w", 10, NO_WAIT)
    await inbox.take("w", 10, NO_WAIT)
    await inbox.finish(first)

    [second] = await inbox.take("w", 10, NO_WAIT)

    assert second.attempts == 1


async def test_a_worker_that_waits_gets_an_entry_whose_turn_comes(inbox: Inbox) -> None:
    await fill(inbox, "1", "2", order_key="thread")
    [first] = await inbox.take("w", 10, NO_WAIT)
    waiting = asyncio.create_task(inbox.take("w", 10, LONG))
    await asyncio.sleep(0)

    await inbox.finish(first)

    assert bodies(await waiting) == ["2"]


async def test_other_threads_do_not_wait_for_a_slow_one(inbox: Inbox) -> None:
    await fill(inbox, "1", "2", order_key="slow")
    await fill(inbox, "3", order_key="other")

    assert bodies(await inbox.take("w", 10, NO_WAIT)) == ["1", "3"]


async def test_the_entry_of_a_dead_worker_is_taken_by_another(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    [entry] = await tried.inbox.take("dead", 10, NO_WAIT)
    assert list(await tried.inbox.take("alive", 10, NO_WAIT)) == []

    await tried.let_go_silent(entry)

    [again] = await tried.inbox.take("alive", 10, NO_WAIT)
    assert (again.id, again.body, again.order_key) == (entry.id, entry.body, entry.order_key)
    assert again.attempts == 2


async def test_a_worker_that_waits_gets_a_dead_ones_entry_without_new_traffic(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    [entry] = await tried.inbox.take("dead", 10, NO_WAIT)
    waiting = asyncio.create_task(tried.inbox.take("alive", 10, LONG))
    await asyncio.sleep(0)

    await tried.let_go_silent(entry)

    assert bodies(await waiting) == ["a"]


async def test_order_holds_when_a_worker_dies(tried: Tried) -> None:
    await fill(tried.inbox, "1", "2", order_key="thread")
    [first] = await tried.inbox.take("dead", 1, NO_WAIT)
    await tried.inbox.take("alive", 10, NO_WAIT)
    await tried.let_go_silent(first)

    [again] = await tried.inbox.take("alive", 10, NO_WAIT)
    assert again.body == "1"
    await tried.inbox.finish(again)

    assert bodies(await tried.inbox.take("alive", 10, NO_WAIT)) == ["2"]


async def test_a_kept_entry_stays_with_its_worker(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    [entry] = await tried.inbox.take("slow", 10, NO_WAIT)
    await tried.let_go_silent(entry)

    await tried.inbox.keep("slow", [entry])

    assert list(await tried.inbox.take("other", 10, NO_WAIT)) == []


async def test_a_worker_that_was_paused_cannot_take_its_entry_back(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    [entry] = await tried.inbox.take("paused", 10, NO_WAIT)
    await tried.let_go_silent(entry)
    [again] = await tried.inbox.take("other", 10, NO_WAIT)
    await tried.let_go_silent(again)

    await tried.inbox.keep("paused", [entry])

    assert bodies(await tried.inbox.take("third", 10, NO_WAIT)) == ["a"]


async def test_keeping_nothing_or_what_is_finished_does_no_harm(inbox: Inbox) -> None:
    await fill(inbox, "a")
    [entry] = await inbox.take("w", 10, NO_WAIT)
    await inbox.finish(entry)

    await inbox.keep("w", [])
    await inbox.keep("w", [entry])

    assert await inbox.backlog() == 0


async def test_attempts_are_counted(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    attempts = []
    for _ in range(4):
        [entry] = await tried.inbox.take("w", 10, NO_WAIT)
        attempts.append(entry.attempts)
        await tried.let_go_silent(entry)

    assert attempts == [1, 2, 3, 4]


async def test_what_is_put_back_is_taken_again_as_a_second_attempt_however_often(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    attempts = []
    for _ in range(4):
        [entry] = await tried.inbox.take("w", 10, NO_WAIT)
        attempts.append(entry.attempts)
        await tried.inbox.put_back("w", entry)
        assert list(await tried.inbox.take("other", 10, NO_WAIT)) == []
        await tried.let_go_silent(entry)

    assert attempts == [1, 2, 2, 2]


async def test_what_another_has_meanwhile_is_not_put_back(tried: Tried) -> None:
    await fill(tried.inbox, "a")
    [entry] = await tried.inbox.take("paused", 10, NO_WAIT)
    for _ in range(2):
        await tried.let_go_silent(entry)
        [again] = await tried.inbox.take("other", 10, NO_WAIT)

    await tried.inbox.put_back("paused", entry)
    await tried.let_go_silent(again)

    [last] = await tried.inbox.take("third", 10, NO_WAIT)
    assert last.attempts == 4


async def test_the_age_of_the_oldest_entry_is_known(redis_clients: RedisClients) -> None:
    an_hour_ago = f"{int((time.time() - 3600) * 1000)}-0"
    await redis_clients.quick.xadd(keys.INBOX_EVENTS, {"order_key": "k", "body": "b"}, id=an_hour_ago)
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking)

    assert 3599 < (await inbox.state()).oldest_s < 3700
    [entry] = await inbox.take("w", 1, NO_WAIT)
    assert 3599 < entry.age_s < 3700


async def test_nothing_but_markers_is_left_of_finished_entries(redis_clients: RedisClients) -> None:
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking)
    await fill(inbox, "1", "2", order_key="thread")
    for _ in range(2):
        [entry] = await inbox.take("w", 10, NO_WAIT)
        await inbox.finish(entry)

    left = set(await redis_clients.quick.keys("*")) - {keys.INBOX_EVENTS}

    assert left == {keys.inbox_once("once 1"), keys.inbox_once("once 2")}
    for key in left:
        assert await redis_clients.quick.ttl(key) == pytest.approx(24 * 3600, abs=60)
    assert await redis_clients.quick.xlen(keys.INBOX_EVENTS) == 0
    assert (await redis_clients.quick.xpending(keys.INBOX_EVENTS, inbox_module._GROUP))["pending"] == 0


async def test_entries_that_someone_deleted_by_hand_block_nobody(redis_clients: RedisClients) -> None:
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking, idle_ms=0)
    await fill(inbox, "1", "2", order_key="thread")
    [entry] = await inbox.take("w", 10, NO_WAIT)
    await redis_clients.quick.xdel(keys.INBOX_EVENTS, entry.id)

    assert bodies(await inbox.take("w", 10, NO_WAIT)) == ["2"]
    pending = await redis_clients.quick.xpending(keys.INBOX_EVENTS, inbox_module._GROUP)
    assert pending["pending"] == 1


async def test_a_running_worker_survives_that_redis_is_emptied(redis_clients: RedisClients) -> None:
    inbox = RedisInbox(redis_clients.quick, redis_clients.blocking)
    await inbox.take("w", 10, NO_WAIT)
    await redis_clients.quick.flushall()

    await fill(inbox, "a")

    assert bodies(await inbox.take("w", 10, NO_WAIT)) == ["a"]


async def test_consumers_of_former_starts_are_dropped(
    redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = RedisInbox(redis_clients.quick, redis_clients.blocking)
    await fill(former, "a", "b")
    await former.take("working", 10, NO_WAIT)
    [left] = await redis_clients.quick.xinfo_consumers(keys.INBOX_EVENTS, inbox_module._GROUP)
    assert left["name"] == "working"
    await fill(former, "c")
    [finished] = await former.take("idle", 10, NO_WAIT)
    await former.finish(finished)
    monkeypatch.setattr(inbox_module, "_GONE", -inbox_module._GONE)

    await RedisInbox(redis_clients.quick, redis_clients.blocking).take("new", 10, NO_WAIT)

    consumers = await redis_clients.quick.xinfo_consumers(keys.INBOX_EVENTS, inbox_module._GROUP)
    assert "working" in {consumer["name"] for consumer in consumers}
    assert "idle" not in {consumer["name"] for consumer in consumers}


async def test_what_was_appended_is_known_to_be_taken_also_when_it_is_finished(inbox: Inbox) -> None:
    await inbox.append("{}", order_key="lane", once="message:T1:C1:1.2")
    assert await inbox.has_taken("message:T1:C1:1.2")
    (entry,) = await inbox.take("one", 1, LONG)
    await inbox.finish(entry)

    assert await inbox.has_taken("message:T1:C1:1.2")
    assert not await inbox.has_taken("message:T1:C1:1.3")


async def test_the_trace_in_which_it_was_appended_comes_with_it_however_it_is_taken(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "carried", lambda: "00-a-trace")
    await fill(tried.inbox, "first", "second", order_key="one thread")
    [new] = await tried.inbox.take("dead", 10, NO_WAIT)
    await tried.let_go_silent(new)
    [again] = await tried.inbox.take("alive", 10, NO_WAIT)
    await tried.inbox.finish(again)
    [parked] = await tried.inbox.take("alive", 10, NO_WAIT)
    assert [(entry.body, entry.trace) for entry in (new, again, parked)] == [
        ("first", "00-a-trace"),
        ("first", "00-a-trace"),
        ("second", "00-a-trace"),
    ]


async def test_what_an_older_version_appended_is_taken_without_a_trace(redis_clients: RedisClients) -> None:
    old = on_redis(redis_clients)
    id_ = await redis_clients.quick.xadd(keys.INBOX_EVENTS, {"order_key": "k", "body": "a"})
    await redis_clients.quick.rpush(keys.inbox_lane("k"), id_)
    [entry] = await old.inbox.take("dead", 10, NO_WAIT)
    await old.let_go_silent(entry)
    [again] = await old.inbox.take("alive", 10, NO_WAIT)
    assert [(one.body, one.trace) for one in (entry, again)] == [("a", "")] * 2
