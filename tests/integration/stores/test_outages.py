"""Whatever is wrong with Redis, it is said in one line, and no error of the client's own gets out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import redis.asyncio

from bot.channel_settings import KeptSettings
from bot.conversation import Place
from bot.errors import SettingsInvalid, StoreUnavailable
from bot.ports import DigestDue, InboxEntry
from bot.query import Query
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients, open_redis, read_durability
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.ledger import RedisLedger
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.term_counts import RedisTermCounts
from tests.integration.stores.conftest import BareRedis
from tests.integration.stores.examples import (
    DAY,
    NOW,
    OTHER_PLACE,
    PLACE,
    PLENTY,
    SPENDER,
    a_conversation,
    a_record,
    a_use,
)

Use = Callable[[RedisClients], Awaitable[object]]
ENTRY = InboxEntry("1-0", "thread", "body", 1)
DUE = DigestDue("C1", NOW, "2026-W47")
MARK = ("T1", "C1", "2026-W47")


def inbox(clients: RedisClients) -> RedisInbox:
    return RedisInbox(clients.quick, clients.blocking)


async def list_decisions(clients: RedisClients) -> list[str]:
    return [record.id async for record in RedisDecisionLog(clients.quick).between("T1", NOW, NOW)]


async def list_newest_decisions(clients: RedisClients) -> list[str]:
    return [record.id async for record in RedisDecisionLog(clients.quick).matching("T1", Query(), None)]


async def claim_and_release(clients: RedisClients) -> None:
    marks = RedisDigestMarks(clients.quick)
    await marks.claim(*MARK, "one")
    await marks.release(*MARK)


WRITES: dict[str, Use] = {
    "save a conversation": lambda c: RedisConversations(c.quick).save(a_conversation()),
    "move a conversation": lambda c: RedisConversations(c.quick).move(a_conversation(), OTHER_PLACE),
    "mark a greeting": lambda c: RedisFirstContacts(c.quick).mark_greeted("T1", "C1"),
    "keep a Home": lambda c: RedisFirstContacts(c.quick).keep_home("T1", "U1", 30),
    "save a decision": lambda c: RedisDecisionLog(c.quick).save(a_record()),
    "claim a digest": claim_and_release,
    "begin a digest": lambda c: RedisDigestMarks(c.quick).begin(*MARK, NOW),
    "set a digest's time": lambda c: RedisDigestTimes(c.quick).put("T1", DUE),
    "save settings": lambda c: RedisChannelSettings(c.quick).save("T1", "C1", KeptSettings(revision=1)),
    "count a term": lambda c: RedisTermCounts(c.quick).count("T1", "C1", "2026-W47", "LoRA"),
    "confirm a digest": lambda c: RedisDigestMarks(c.quick).confirm(*MARK),
    "reply id": lambda c: RedisPostedReplies(c.quick).reply_id("T1", "1-0"),
    "mark posted": lambda c: RedisPostedReplies(c.quick).mark_posted("T1", "r", "1.2"),
    "reserve tokens": lambda c: RedisLedger(c.quick).reserve(SPENDER, DAY, 100, PLENTY),
    "settle a use": lambda c: RedisLedger(c.quick).settle(SPENDER, DAY, 100, a_use()),
    "append": lambda c: inbox(c).append("secret words", order_key="thread", once="Ev1"),
    "take": lambda c: inbox(c).take("w", 10, 0),
}
OTHERS: dict[str, Use] = {
    "load a conversation": lambda c: RedisConversations(c.quick).load(PLACE),
    "list what waits": lambda c: RedisConversations(c.quick).waiting("T1", "U1", 10),
    "look up a greeting": lambda c: RedisFirstContacts(c.quick).was_greeted("T1", "C1"),
    "look up a Home": lambda c: RedisFirstContacts(c.quick).home_days("T1", "U1"),
    "load a decision": lambda c: RedisDecisionLog(c.quick).load("T1", "D-0000000001"),
    "list decisions": list_decisions,
    "list the newest decisions": list_newest_decisions,
    "move a digest's time": lambda c: RedisDigestTimes(c.quick).move("T1", DUE, DUE),
    "list due digests": lambda c: RedisDigestTimes(c.quick).due("T1", NOW, 9),
    "one digest's time": lambda c: RedisDigestTimes(c.quick).of_channel("T1", "C1"),
    "load settings": lambda c: RedisChannelSettings(c.quick).load("T1", "C1"),
    "most asked terms": lambda c: RedisTermCounts(c.quick).most_asked("T1", "C1", ["2026-W47"], 5),
    "posted ts": lambda c: RedisPostedReplies(c.quick).posted_ts("T1", "r"),
    "list usage": lambda c: RedisLedger(c.quick).usage([DAY]),
    "keep": lambda c: inbox(c).keep("w", [ENTRY]),
    "finish": lambda c: inbox(c).finish(ENTRY),
    "bury": lambda c: inbox(c).bury(ENTRY, "why"),
    "backlog": lambda c: inbox(c).backlog(),
    "dead letters": lambda c: inbox(c).dead_letters(10),
    "durability": lambda c: read_durability(c.quick),
}
EVERYTHING = WRITES | OTHERS


@pytest.fixture
async def connect() -> AsyncIterator[Callable[[str | Path], Awaitable[RedisClients]]]:
    opened: list[RedisClients] = []

    async def open_and_remember(url: str | Path) -> RedisClients:
        opened.append(await open_redis(url))
        return opened[-1]

    yield open_and_remember
    for clients in opened:
        await clients.aclose()


Connect = Callable[[str | Path], Awaitable[RedisClients]]
StartRedis = Callable[..., BareRedis]


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await is_so():  # noqa: ASYNC110 - Redis has no event for any of these
            await asyncio.sleep(0.01)


async def _is_someone_waiting(clients: RedisClients) -> bool:
    return any(
        "xreadgroup" in row["cmd"] and "b" in row["flags"] for row in await clients.quick.client_list()
    )


async def _has_landed(clients: RedisClients) -> bool:
    return await inbox(clients).backlog() == 2


async def _saving_failed(clients: RedisClients) -> bool:
    return bool((await clients.quick.info("persistence"))["rdb_last_bgsave_status"] == "err")


async def refused(use: Use, clients: RedisClients) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        await use(clients)
    line = str(caught.value)
    assert "\n" not in line
    assert "secret" not in line
    return line


@pytest.mark.parametrize("use", EVERYTHING.values(), ids=EVERYTHING)
async def test_a_dead_redis_is_unavailable_and_comes_back_by_itself(
    use: Use, connect: Connect, start_bare_redis: StartRedis
) -> None:
    dead = start_bare_redis()
    clients = await connect(dead.socket)
    await use(clients)
    dead.process.kill()
    dead.process.wait()

    assert await refused(use, clients)
    assert await refused(use, clients)

    start_bare_redis(at=dead.socket)
    await use(clients)


@pytest.mark.parametrize("name", ["load a conversation", "append", "take"])
async def test_a_redis_that_hangs_is_unavailable(
    name: str, connect: Connect, start_bare_redis: StartRedis
) -> None:
    hung = start_bare_redis()
    clients = await connect(hung.socket)
    hung.pause()

    assert "no answer" in await refused(EVERYTHING[name], clients)


async def test_a_redis_that_hangs_while_a_worker_waits_is_unavailable(
    connect: Connect, start_bare_redis: StartRedis
) -> None:
    hung = start_bare_redis()
    clients = await connect(hung.socket)
    waiting = asyncio.create_task(inbox(clients).take("w", 10, 60_000))
    await until(lambda: _is_someone_waiting(clients))
    hung.pause()

    with pytest.raises(StoreUnavailable):
        await waiting


async def test_an_event_that_landed_although_nobody_heard_so_is_recognised(
    connect: Connect, start_bare_redis: StartRedis
) -> None:
    hung = start_bare_redis()
    clients = await connect(hung.socket)
    await inbox(clients).append("before", order_key="thread", once="Ev0")
    hung.pause()
    with pytest.raises(StoreUnavailable):
        await inbox(clients).append("words", order_key="thread", once="Ev1")
    hung.resume()
    await until(lambda: _has_landed(clients))

    assert not await inbox(clients).append("words", order_key="thread", once="Ev1")
    assert await inbox(clients).backlog() == 2


@pytest.mark.parametrize("use", WRITES.values(), ids=WRITES)
async def test_a_read_only_replica_is_unavailable(
    use: Use, connect: Connect, start_bare_redis: StartRedis
) -> None:
    replica = start_bare_redis("--replicaof", "127.0.0.1", "1")
    clients = await connect(replica.socket)

    assert "read-only replica" in await refused(use, clients)


async def test_after_a_failover_the_address_is_followed_to_the_new_primary(
    connect: Connect, start_bare_redis: StartRedis
) -> None:
    old = start_bare_redis()
    clients = await connect(old.socket)
    await WRITES["append"](clients)
    # It lives on as a replica, and our connections to it stay open.
    await clients.quick.replicaof("127.0.0.1", 1)
    old.socket.unlink()
    start_bare_redis(at=old.socket)

    another = inbox(clients).append("secret words", order_key="thread", once="Ev2")
    with pytest.raises(StoreUnavailable, match="read-only replica"):
        await another
    for use in WRITES.values():
        await use(clients)


@pytest.mark.parametrize("use", [use for name, use in WRITES.items() if name != "take"])
async def test_a_full_redis_is_unavailable_and_keeps_what_it_has(
    use: Use, connect: Connect, start_bare_redis: StartRedis
) -> None:
    full = start_bare_redis()
    clients = await connect(full.socket)
    await clients.quick.set("kept", "x" * 2_000_000)
    await clients.quick.config_set("maxmemory", "1mb")

    assert "memory is full" in await refused(use, clients)
    assert await clients.quick.keys("*") == ["kept"]


async def test_an_inbox_that_is_full_can_still_be_worked_off(
    connect: Connect, start_bare_redis: StartRedis
) -> None:
    full = start_bare_redis()
    clients = await connect(full.socket)
    await inbox(clients).append("body", order_key="thread", once="Ev1")
    await clients.quick.set("kept", "x" * 2_000_000)
    [first] = await inbox(clients).take("w", 10, 0)
    await inbox(clients).append("waits for its turn", order_key="thread", once="Ev2")
    await clients.quick.config_set("maxmemory", "1mb")

    await inbox(clients).take("w", 10, 0)
    await inbox(clients).finish(first)
    [entry] = await inbox(clients).take("w", 10, 0)
    await inbox(clients).keep("w", [entry])
    await inbox(clients).finish(entry)

    assert await inbox(clients).backlog() == 0


async def test_a_redis_that_cannot_write_to_its_disk_is_unavailable(
    connect: Connect, start_bare_redis: StartRedis, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    broken = start_bare_redis("--dir", str(gone), "--save", "3600", "1")
    clients = await connect(broken.socket)
    gone.rmdir()
    await clients.quick.set("something", "to save")
    await clients.quick.bgsave()
    await until(lambda: _saving_failed(clients))

    assert "cannot write to its disk" in await refused(WRITES["append"], clients)


async def test_a_key_of_the_wrong_kind_is_unavailable_not_a_crash(redis_clients: RedisClients) -> None:
    await RedisConversations(redis_clients.quick).save(a_conversation())
    [key] = await redis_clients.quick.keys("*")
    await redis_clients.quick.set(key, "someone else's")

    assert "WRONGTYPE" in await refused(EVERYTHING["load a conversation"], redis_clients)


async def test_a_command_that_the_provider_forbids_is_unavailable_and_quotes_nobody(
    connect: Connect, start_bare_redis: StartRedis
) -> None:
    server = start_bare_redis("--rename-command", "EVAL", "")
    clients = await connect(server.socket)

    assert "unknown command" in await refused(WRITES["append"], clients)


async def test_a_user_without_rights_is_told_so(connect: Connect, start_bare_redis: StartRedis) -> None:
    server = start_bare_redis("--user", "reader", "on", "nopass", "~*", "+@read", "+info")
    clients = await connect(f"unix://reader:any@{server.socket}")

    assert "may not do that" in await refused(WRITES["append"], clients)


@pytest.mark.parametrize(
    ("url", "where"),
    [("redis://:secret@127.0.0.1:1/0", "127.0.0.1:1"), ("unix:///nowhere/redis.sock", "/nowhere/redis.sock")],
)
async def test_an_address_where_nobody_answers_is_named_without_its_password(url: str, where: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        await open_redis(url)

    line = str(caught.value)
    assert where in line
    assert "REDIS_URL" in line
    assert "secret" not in line
    assert "\n" not in line


@pytest.mark.parametrize("sign_in", ["", ":wrong-secret@", "nobody:wrong-secret@"])
async def test_a_refused_password_is_said_so_and_not_repeated(
    sign_in: str, start_bare_redis: StartRedis
) -> None:
    locked = start_bare_redis("--requirepass", "right-secret")

    with pytest.raises(StoreUnavailable, match="user name or password refused") as caught:
        await open_redis(f"unix://{sign_in}{locked.socket}")

    assert "secret" not in str(caught.value)


async def test_the_right_password_is_accepted(connect: Connect, start_bare_redis: StartRedis) -> None:
    locked = start_bare_redis("--requirepass", "right/sec#ret")

    clients = await connect(f"unix://:right%2Fsec%23ret@{locked.socket}")

    assert await clients.quick.ping()
    assert clients.address == str(locked.socket)
    assert re.fullmatch(r"\d+\.\d+\.\d+", clients.version)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:6379",
        "http://localhost",
        "redis://",
        "unix://",
        "redis://:12/secret@localhost",
        "redis://:a/secret@localhost",
        "redis://:a#secret@localhost",
        "redis://localhost:secret",
        "redis://localhost?db=secret",
    ],
)
async def test_an_address_that_makes_no_sense_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"^REDIS_URL cannot be read") as caught:
        await open_redis(url)

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_redis_that_is_too_old_is_refused(tmp_path: Path) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while command := await reader.read(10_000):
            reply = b"$21\r\nredis_version:5.0.14\n\r\n" if b"INFO" in command else b"+OK\r\n" * 2
            writer.write(reply)
        writer.close()

    async with await asyncio.start_unix_server(answer, socket := tmp_path / "s"):
        with pytest.raises(StoreUnavailable, match=r"Redis 5\.0\.14 at .* is too old; 6\.2 or newer"):
            await open_redis(socket)


async def test_many_requests_at_once_share_the_connections(redis_clients: RedisClients) -> None:
    places = [Place(team_id="T1", channel_id="C1", thread=str(number)) for number in range(500)]

    await asyncio.gather(
        *(RedisConversations(redis_clients.quick).save(a_conversation(place)) for place in places)
    )

    assert len(await redis_clients.quick.keys("*")) == 500


async def test_a_cancelled_request_does_not_spoil_the_next_one(redis_clients: RedisClients) -> None:
    single = redis.asyncio.Redis(
        connection_pool=redis.asyncio.BlockingConnectionPool.from_url(
            f"unix://{redis_clients.address}", max_connections=1, decode_responses=True
        )
    )
    box = RedisInbox(single, single)
    async with single:
        waiting = asyncio.create_task(box.take("w", 10, 60_000))
        await until(lambda: _is_someone_waiting(redis_clients))
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

        assert await box.append("a", order_key="k", once="Ev1")
        assert await box.backlog() == 1
        await single.connection_pool.disconnect()


async def test_the_server_says_how_it_keeps_things(redis_clients: RedisClients) -> None:
    durability = await read_durability(redis_clients.quick)

    assert durability.appends_to_file
    assert durability.eviction == "noeviction"
