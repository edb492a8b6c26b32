"""The inbox in Redis: a stream with one consumer group, and one lane for each order key.

An entry is in the stream until it is finished or buried. What was delivered and not kept alive for `idle_ms`
is delivered again, to whoever asks next, with or without new traffic. Of each lane only the oldest entry is
ever delivered, so one thread is handled in order by however many workers.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from bot import tracing
from bot.ports import InboxEntry, InboxState, Share
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
_PAGE = 100
_NO_SHARE = Share(most=2**31, in_hand=())
_Rows = list[tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class DeadLetter:
    """An entry that failed too often. Its words stay in Redis: whoever may read those looks there."""

    id: str
    reason: str
    attempts: int
    buried_at: datetime

    @property
    def reference(self) -> str:
        """Return what the person was told to find it by; "" when there is none."""
        _, _, reference = self.reason.partition("(reference ")
        return reference.removesuffix(")")


class RedisInbox:
    """Implements `bot.ports.Inbox`. `blocking` is a client whose reads may wait."""

    def __init__(
        self,
        quick: Redis,
        blocking: Redis,
        *,
        idle_ms: int = IDLE_MS,
        dead_letters_for: timedelta = timedelta(days=keys.DEAD_LETTER_DAYS),
    ) -> None:
        self._quick = quick
        self._blocking = blocking
        self._idle_ms = idle_ms
        self._dead_letters_for_s = dead_letters_for // timedelta(seconds=1)
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
                tracing.carried(),
            )
        return bool(is_new)

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        """Return up to `limit` entries to work on: new ones, those of dead consumers, those whose turn it is.

        Waits for at most `wait_ms` for the first of them. What is more than a workspace's `share` stays
        where it is, or is parked. Raises StoreUnavailable.
        """
        share = share or _NO_SHARE
        deadline = time.monotonic() + wait_ms / 1000
        while True:
            entries = await self._take_delivered(consumer, limit, share)
            left_ms = int((deadline - time.monotonic()) * 1000)
            if len(entries) < limit:
                pause_ms = 0 if entries else max(0, min(left_ms, _LOOK_AGAIN_MS))
                held = (*share.in_hand, *(entry.whose for entry in entries))
                entries += await self._take_new(
                    consumer, limit - len(entries), pause_ms, Share(share.most, held)
                )
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

    async def put_back(self, consumer: str, entry: InboxEntry) -> None:
        """Leave it to whoever takes it next, after `idle_ms`, without counting this attempt.

        Its second attempt stays a second one, so that whoever takes it looks before posting.
        """
        async with asking_redis("put the event back"):
            await self._quick.eval(
                scripts.PUT_BACK, 1, keys.INBOX_EVENTS, _GROUP, consumer, entry.id, max(1, entry.attempts - 1)
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
        """Move it to the dead letters, with a reason: the last 1,000 are kept, for 30 days or as was set."""
        async with asking_redis("put the event aside"):
            await self._quick.eval(
                scripts.BURY,
                3,
                keys.INBOX_EVENTS,
                keys.INBOX_DEAD_LETTERS,
                keys.inbox_lane(entry.order_key),
                *(_GROUP, entry.id, entry.order_key, entry.body, entry.attempts, reason),
                *(keys.MAX_DEAD_LETTERS, self._dead_letters_for_s),
            )

    async def backlog(self) -> int:
        """Return how many entries are not finished."""
        async with asking_redis("count the unfinished events"):
            return int(await self._quick.xlen(keys.INBOX_EVENTS))

    async def state(self) -> InboxState:
        """Return how far behind we are. Raises StoreUnavailable."""
        async with asking_redis("say how many events wait"):
            first = cast(_Rows, await self._quick.xrange(keys.INBOX_EVENTS, count=1))
            backlog = int(await self._quick.xlen(keys.INBOX_EVENTS))
            dead_letters = int(await self._quick.xlen(keys.INBOX_DEAD_LETTERS))
        return InboxState(backlog, _age_s(first[0][0]) if first else 0.0, dead_letters)

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return the latest dead letters, newest first. Raises StoreUnavailable."""
        async with asking_redis("list the dead letters"):
            rows = cast(_Rows, await self._quick.xrevrange(keys.INBOX_DEAD_LETTERS, count=limit))
        return [
            DeadLetter(
                id=fields["id"],
                reason=fields["reason"],
                attempts=int(fields["attempts"]),
                buried_at=datetime.fromtimestamp(_milliseconds(row_id) / 1000, UTC),
            )
            for row_id, fields in rows
        ]

    async def drop(self, is_meant: Callable[[str, str], bool]) -> int:
        """Drop the entries, dead letters too, of whose order key and body this is true; returns how many.

        Who is working on one finishes it; nobody else takes it. Raises StoreUnavailable.
        """
        dropped = 0
        async for id_, fields in self._entries_of(keys.INBOX_EVENTS):
            if is_meant(fields["order_key"], fields["body"]):
                await self.finish(InboxEntry(id_, fields["order_key"], fields["body"], 0))
                dropped += 1
        async for id_, fields in self._entries_of(keys.INBOX_DEAD_LETTERS):
            if is_meant(fields["order_key"], fields["body"]):
                async with asking_redis("drop a dead letter"):
                    await self._quick.xdel(keys.INBOX_DEAD_LETTERS, id_)
                dropped += 1
        return dropped

    async def _entries_of(self, stream: str) -> AsyncIterator[tuple[str, dict[str, str]]]:
        after = "-"
        while True:
            async with asking_redis("list the events"):
                rows = cast(_Rows, await self._quick.xrange(stream, after, count=_PAGE))
            for id_, fields in rows:
                yield id_, fields
            if len(rows) < _PAGE:
                return
            after = f"({rows[-1][0]}"

    async def retry(self, entry_id: str) -> bool:
        """Take a dead letter back into the inbox, as new; False when there is none with this id.

        Raises StoreUnavailable.
        """
        async with asking_redis("take the dead letter back"):
            rows = cast(_Rows, await self._quick.xrange(keys.INBOX_DEAD_LETTERS))
            for row_id, fields in rows:
                if fields["id"] == entry_id:
                    lane = keys.inbox_lane(fields["order_key"])
                    is_back = await self._quick.eval(
                        *(scripts.RETRY, 3, keys.INBOX_EVENTS, keys.INBOX_DEAD_LETTERS, lane),
                        *(row_id, fields["order_key"], fields["body"]),
                    )
                    return bool(is_back)
        return False

    async def _take_delivered(self, consumer: str, limit: int, share: Share) -> list[InboxEntry]:
        async with asking_redis("give events"):
            try:
                rows = await self._reclaim(consumer, limit, share)
            except ResponseError as e:
                if "NOGROUP" not in str(e):
                    raise
                # The first start, or Redis was emptied under us.
                await self._make_group()
                rows = await self._reclaim(consumer, limit, share)
        return [
            InboxEntry(id_, order_key, body, int(attempts), _age_s(id_), trace)
            for id_, order_key, body, attempts, trace in rows
        ]

    async def _reclaim(self, consumer: str, limit: int, share: Share) -> list[tuple[str, str, str, int, str]]:
        rows: list[tuple[str, str, str, int, str]] = await self._quick.eval(
            scripts.RECLAIM,
            1,
            *(keys.INBOX_EVENTS, _GROUP, consumer, self._idle_ms, limit),
            *(keys.INBOX_LANE_PREFIX, scripts.PARKED, share.most),
            *share.in_hand,
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

    async def _take_new(self, consumer: str, limit: int, wait_ms: int, share: Share) -> list[InboxEntry]:
        async with asking_redis("give events", within_s=PATIENCE_S + wait_ms / 1000):
            # BLOCK 0 would wait for ever.
            answer = await self._blocking.xreadgroup(
                _GROUP, consumer, {keys.INBOX_EVENTS: ">"}, count=limit, block=wait_ms or None
            )
        streams = cast(list[tuple[str, _Rows]], answer or [])
        entries = [
            InboxEntry(id_, fields["order_key"], fields["body"], 1, _age_s(id_), fields.get("trace", ""))
            for _, rows in streams
            for id_, fields in rows
        ]
        return await self._park_the_rest(entries, share) if entries else []

    async def _park_the_rest(self, entries: list[InboxEntry], share: Share) -> list[InboxEntry]:
        """Return the entries that are first in their lanes and within the share, and park the others."""
        async with asking_redis("give events"):
            first = await self._quick.eval(
                scripts.PARK_THE_REST,
                1 + len(entries),
                keys.INBOX_EVENTS,
                *(keys.inbox_lane(entry.order_key) for entry in entries),
                *(_GROUP, scripts.PARKED, share.most),
                *(word for entry in entries for word in (entry.id, entry.whose)),
                *share.in_hand,
            )
        return [entry for entry in entries if entry.id in first]


def _milliseconds(entry_id: str) -> int:
    """Return when an entry was appended, by Redis's clock, in milliseconds since 1970."""
    return int(entry_id.partition("-")[0])


def _age_s(entry_id: str) -> float:
    return max(0.0, time.time() - _milliseconds(entry_id) / 1000)
