"""What is to be known of a Redis before one relies on it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from redis.asyncio import Redis

from bot.errors import StoreUnavailable
from bot.findings import Finding, bad, good, note
from bot.ports import InboxState
from bot.stores.connection import OLDEST_REDIS, RedisClients, read_durability
from bot.stores.inbox import RedisInbox
from bot.stores.redis_errors import asking_redis

SLOW_MS = 20
"""A turn asks some ten times; at this pace that is felt."""
BACKLOG = 100
OLD_S = 60
_ASKED = 50
_KEPT = "finetune-advisor:doctor"
"""Written and deleted again, to see that writing works."""


async def check_redis(clients: RedisClients) -> AsyncIterator[Finding]:
    """Yield findings; the first failure ends them."""
    try:
        yield _version(clients)
        async for finding in _durability(clients.quick):
            yield finding
        yield await _memory(clients.quick)
        await _write(clients.quick)
        yield await _latency(clients.quick)
        yield await _backlog(clients)
    except StoreUnavailable as error:
        yield bad("Redis", str(error), "repair it, then run this again")


def _version(clients: RedisClients) -> Finding:
    oldest = ".".join(map(str, OLDEST_REDIS))
    return good("Redis", f"version {clients.version} at {clients.address} ({oldest} or newer is needed)")


async def _durability(redis: Redis) -> AsyncIterator[Finding]:
    durability = await read_durability(redis)
    if durability.appends_to_file:
        yield good("Redis, persistence", "appends every change to a file")
    else:
        yield bad(
            "Redis, persistence",
            "it does not append changes to a file: what was acknowledged is lost when it dies",
            "set appendonly yes (and appendfsync everysec or always)",
        )
    if durability.eviction == "noeviction":
        yield good("Redis, eviction", "refuses writes rather than dropping decisions when memory is full")
    else:
        yield bad(
            "Redis, eviction",
            f"maxmemory-policy is {durability.eviction}: it may drop decisions when memory is full",
            "set maxmemory-policy noeviction",
        )


async def _write(redis: Redis) -> None:
    async with asking_redis("take a key"):
        await redis.set(_KEPT, "1", ex=10)
        await redis.delete(_KEPT)


async def _latency(redis: Redis) -> Finding:
    took: list[float] = []
    for _ in range(_ASKED):
        started = time.perf_counter()
        async with asking_redis("answer"):
            await redis.ping()
        took.append((time.perf_counter() - started) * 1_000)
    middle, worst = sorted(took)[_ASKED // 2], max(took)
    words = f"answers in {middle:.1f} ms at the median, {worst:.1f} ms at worst ({_ASKED} tries)"
    if middle <= SLOW_MS:
        return good("Redis, latency", words)
    return note("Redis, latency", words, "put it nearer to the bot: a turn asks it some ten times")


async def _memory(redis: Redis) -> Finding:
    async with asking_redis("say how much memory it uses"):
        facts = await redis.info("memory")
    return judge_memory(int(facts["used_memory"]), int(facts.get("maxmemory", 0)))


def judge_memory(used: int, most: int) -> Finding:
    """Return what is to be said of so many bytes used of at most so many; 0 is no limit."""
    words = f"uses {used / 2**20:.0f} MiB"
    if not most:
        return good("Redis, memory", f"{words}, without a limit of its own")
    words += f" of {most / 2**20:.0f} MiB"
    nearly_full = used > 0.8 * most
    if nearly_full:
        return bad("Redis, memory", f"{words}: it will soon refuse writes", "raise maxmemory")
    return good("Redis, memory", words)


async def _backlog(clients: RedisClients) -> Finding:
    return judge_inbox(await RedisInbox(clients.quick, clients.blocking).state())


def judge_inbox(state: InboxState) -> Finding:
    """Return what is to be said of what waits, and of what was given up."""
    words = f"{state.backlog} waiting to be answered, the oldest for {state.oldest_s:.0f} s"
    if state.backlog > BACKLOG or state.oldest_s > OLD_S:
        return note("Inbox", words, "start more workers, or look into the log for what holds them up")
    if state.dead_letters:
        words = f"{state.dead_letters} were given up"
        return note("Inbox", words, "python -m bot inbox dead says why; the runbook says what to do")
    return good("Inbox", words if state.backlog else "nothing waits, nothing was given up")
