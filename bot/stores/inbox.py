"""The inbox in Redis: a stream with one consumer group, and one lane for each order key.

An entry is in the stream until it is finished or buried. What was delivered and not kept alive for `idle_ms`
is delivered again, to whoever asks next, with or without new traffic. Of each lane only the oldest entry is
ever delivered, so one thread is handled in order by however many workers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from bot.ports import InboxEntry
from bot.stores import inbox_scripts as scripts
from bot.stores import keys
from bot.stores.connection import QUICK_TIMEOUT_S
from bot.stores.redis_errors import PATIENCE_S, asking_redis

IDLE_MS = 10_000
"""A consumer that was silent for so long is taken for dead. Keep entries alive at least every third of it."""
_GROUP = "workers"
_LOOK_AGAIN_MS = 250
"""How soon a parked entry is noticed whose turn has come while no new ones arrive."""
_GONE = timedelta(days=1)
_Rows = list[tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class DeadLetter:
    """An entry that failed too often. Its words stay in Redis: whoever may read those looks there."""

    id: str
    reason: str
    attempts: int


class RedisInbox:
    """Implements `bot.ports.Inbox`. `blocking` is a client whose reads may wait."""

    def __init__(self, quick: Redis, blocking: Redis, *, idle_ms: int = IDLE_MS) -> None:
        self._quick = quick
        self._blocking = blocking
        self._idle_ms = idle_ms
        self._dropped_gone_consumers = False

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        """Keep it; False when `once` was appended in the last 24 h. Raises StoreUnavailable within 1 s.

        After StoreUnavailable it may be kept all the same (the answer got lost); a repeat then returns False.
        """
        async with asking_redis("take the event", within_s=QUICK_TIMEOUT_S):
            is_new = await self._quick.eval(
                scripts.APPEND,
                3,
                keys.INBOX_EVENTS,
                keys.inbox_once(once),
                keys.inbox_lane(order_key),
                order_key,
                body,
                timedelta(hours=keys.ONCE_HOURS) // timedelta(seconds=1),
            )
        return bool(is_new)

    async def take(self, consumer: str, limit: int, wait_ms: int) -> Sequence[InboxEntry]:
        """Return up to `limit` entries to work on: new ones, those of dead consumers, those whose turn it is.

        Waits for at most `wait_ms` for the first of them. Raises StoreUnavailable.
        """
        deadline = time.monotonic() + wait_ms / 1000
        while True:
            entries = await self._take_delivered(consumer, limit)
            left_ms = int((deadline - time.monotonic()) * 1000)
            if len(entries) < limit:
                pause_ms = 0 if entries else max(0, min(left_ms, _LOOK_AGAIN_MS))
                entries += await self._take_new(consumer, limit - len(entries), pause_ms)
            if entries or left_ms <= 0:
                return entries

    async def keep(self, consumer: str, entries: Sequence[InboxEntry]) -> None:
        """Say that these are still being worked on; not those that someone else has meanwhile."""
        if not entries:
            return
        async with asking_redis("note that events are being worked on"):
            await self._quick.eval(
                scripts.KEEP, 1, keys.INBOX_EVENTS, _GROUP, consumer, *(entry.id for entry in entries)
            )

    async def finish(self, entry: InboxEntry) -> None:
        """Mark it as done and drop it, so that the next one of its lane can be taken."""
        async with asking_redis("note that the event is finished"):
            await self._quick.eval(
                scripts.FINISH, 2, keys.INBOX_EVENTS, keys.inbox_lane(entry.order_key), _GROUP, entry.id
            )

    async def has_taken(self, once: str) -> bool:
        """Say whether `once` was appended within the last 24 hours."""
        async with asking_redis("say whether the event came before"):
            return bool(await self._quick.exists(keys.inbox_once(once)))

    async def bury(self, entry: InboxEntry, reason: str) -> None:
        """Move it to the dead letters, with a reason. They are kept for 30 days, the last 1,000 of them."""
        async with asking_redis("put the event aside"):
            await self._quick.eval(
                scripts.BURY,
                3,
                keys.INBOX_EVENTS,
                keys.INBOX_DEAD_LETTERS,
                keys.inbox_lane(entry.order_key),
                *(_GROUP, entry.id, entry.order_key, entry.body, entry.attempts, reason),
                *(keys.MAX_DEAD_LETTERS, timedelta(days=keys.DEAD_LETTER_DAYS) // timedelta(seconds=1)),
            )

    async def backlog(self) -> int:
        """Return how many entries are not finished."""
        async with asking_redis("count the unfinished events"):
            return int(await self._quick.xlen(keys.INBOX_EVENTS))

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return the latest dead letters, newest first. Raises StoreUnavailable."""
        async with asking_redis("list the dead letters"):
            rows = cast(_Rows, await self._quick.xrevrange(keys.INBOX_DEAD_LETTERS, count=limit))
        return [
            DeadLetter(id=fields["id"], reason=fields["reason"], attempts=int(fields["attempts"]))
            for _, fields in rows
        ]

    async def _take_delivered(self, consumer: str, limit: int) -> list[InboxEntry]:
        async with asking_redis("give events"):
            try:
                rows = await self._reclaim(consumer, limit)
            except ResponseError as e:
                if "NOGROUP" not in str(e):
                    raise
                # The first start, or Redis was emptied under us.
                await self._make_group()
                rows = await self._reclaim(consumer, limit)
        return [InboxEntry(id_, order_key, body, int(attempts)) for id_, order_key, body, attempts in rows]

    async def _reclaim(self, consumer: str, limit: int) -> list[tuple[str, str, str, int]]:
        rows: list[tuple[str, str, str, int]] = await self._quick.eval(
            scripts.RECLAIM,
            1,
            *(keys.INBOX_EVENTS, _GROUP, consumer, self._idle_ms, limit),
            *(keys.INBOX_LANE_PREFIX, scripts.PARKED),
        )
        if not self._dropped_gone_consumers:
            await self._quick.eval(
                scripts.DROP_GONE_CONSUMERS,
                1,
                *(keys.INBOX_EVENTS, _GROUP, _GONE // timedelta(milliseconds=1)),
            )
            self._dropped_gone_consumers = True
        return rows

    async def _make_group(self) -> None:
        try:
            # From 0: what was appended before there was a group counts too.
            await self._quick.xgroup_create(keys.INBOX_EVENTS, _GROUP, id="0", mkstream=True)
        except ResponseError as e:
            if "BUSYGROUP" not in str(e):  # another worker was faster
                raise

    async def _take_new(self, consumer: str, limit: int, wait_ms: int) -> list[InboxEntry]:
        async with asking_redis("give events", within_s=PATIENCE_S + wait_ms / 1000):
            # BLOCK 0 would wait for ever.
            answer = await self._blocking.xreadgroup(
                _GROUP, consumer, {keys.INBOX_EVENTS: ">"}, count=limit, block=wait_ms or None
            )
        streams = cast(list[tuple[str, _Rows]], answer or [])
        entries = [
            InboxEntry(id_, fields["order_key"], fields["body"], 1)
            for _, rows in streams
            for id_, fields in rows
        ]
        return await self._park_the_rest(entries) if entries else []

    async def _park_the_rest(self, entries: list[InboxEntry]) -> list[InboxEntry]:
        """Return the entries that are first in their lanes, and park the others."""
        async with asking_redis("give events"):
            first = await self._quick.eval(
                scripts.PARK_THE_REST,
                1 + len(entries),
                keys.INBOX_EVENTS,
                *(keys.inbox_lane(entry.order_key) for entry in entries),
                *(_GROUP, scripts.PARKED, *(entry.id for entry in entries)),
            )
        return [entry for entry in entries if entry.id in first]
