"""The inbox in memory and in Redis, with what tests do to both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import cast

from bot.ports import Inbox, InboxEntry
from bot.stores import inbox as inbox_module
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.inbox import RedisInbox
from tests.fakes.stores import FakeInbox

NO_WAIT = 0
LONG = 10_000


@dataclass
class Tried:
    """An inbox, with the means to bury the living: make an entry's consumer look dead."""

    inbox: Inbox
    let_go_silent: Callable[[InboxEntry], Awaitable[None]]
    dead_letters: Callable[[], Awaitable[list[tuple[str, str]]]]
    """Body and reason of each."""


def on_redis(clients: RedisClients) -> Tried:
    async def let_go_silent(entry: InboxEntry) -> None:
        redis = clients.quick
        [found] = await redis.xpending_range(keys.INBOX_EVENTS, inbox_module._GROUP, entry.id, entry.id, 1)
        await redis.xclaim(
            keys.INBOX_EVENTS,
            inbox_module._GROUP,
            str(found["consumer"]),
            0,
            [entry.id],
            idle=inbox_module.IDLE_MS * 2,
            justid=True,
        )

    async def dead_letters() -> list[tuple[str, str]]:
        rows = cast(list[tuple[str, dict[str, str]]], await clients.quick.xrange(keys.INBOX_DEAD_LETTERS))
        return [(fields["body"], fields["reason"]) for _, fields in rows]

    return Tried(RedisInbox(clients.quick, clients.blocking), let_go_silent, dead_letters)


def in_memory() -> Tried:
    inbox = FakeInbox()

    async def let_go_silent(entry: InboxEntry) -> None:
        inbox.let_go_silent(entry)

    async def dead_letters() -> list[tuple[str, str]]:
        return [(entry.body, reason) for entry, reason in inbox.dead_letters]

    return Tried(inbox, let_go_silent, dead_letters)


async def fill(inbox: Inbox, *bodies: str, order_key: str | None = None) -> None:
    for body in bodies:
        assert await inbox.append(body, order_key=order_key or f"thread of {body}", once=f"once {body}")


def bodies(entries: Sequence[InboxEntry]) -> list[str]:
    return [entry.body for entry in entries]
