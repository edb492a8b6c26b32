"""Decision records in Redis: one JSON each, and the lists by which they are found, changed in one step."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime

from redis.asyncio import Redis

from bot.deleted_message import quoted_messages
from bot.erasure import EraseDecision, Erasure, erased
from bot.errors import ConversationMoved, StoredDataInvalid
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.compressed_json import compress, decompress
from bot.stores.decision_index import MOST_UNORDERED, DecisionIndex
from bot.stores.decision_lists import REPLACE, Listed, listed, microseconds, row_number, script_arguments
from bot.stores.record_history import forgets
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored
from bot.stores.undecoded import ask_for_bytes
from bot.visibility import Sight

MIGRATIONS: Migrations = {}
"""There has been one form so far. When it changes: `{1: from_1_to_2}`, and a test with a row of form 1."""

_PAGE = 100
_ATTEMPTS = 5


class RedisDecisionLog:
    """Implements `bot.ports.DecisionLog` and `HoldsWords`. Records are kept; their words can be erased."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._index = DecisionIndex(redis)

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        """Return one record, or None. Raises StoreUnavailable and StoredDataInvalid."""
        stored = await self._stored(team_id, decision_id)
        return None if stored is None else _read(stored, decision_id)

    async def save(self, record: DecisionRecord) -> None:
        """Keep a new record, or one whose revisions and history extend the kept one's.

        Raises ConversationMoved when the kept one holds something that `record` lacks, StoreUnavailable and
        StoredDataInvalid.
        """
        team_id = record.place.team_id
        async with asking_redis("keep the decision"):
            # Before the record: a workspace listed in vain is harmless, a decision in no list is not.
            await self._redis.sadd(keys.TEAMS, team_id)
            # So with a message that is listed in vain, and one that is deleted and still quoted.
            await self._list_quoted(record)
        for _ in range(_ATTEMPTS):
            stored = await self._stored(team_id, record.id)
            kept = None if stored is None else _read(stored, record.id)
            if kept is not None and forgets(record, kept):
                break
            if await self._replace(stored, record, None if kept is None else listed(kept)):
                return
        raise ConversationMoved(f"someone else changed decision {record.id} meanwhile; load it and try again")

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> list[str]:
        """Return the ids of the decisions that quote a message, or did, in order. Raises StoreUnavailable."""
        async with asking_redis("say which decisions quote a message"):
            ids = await self._redis.smembers(keys.decisions_quoting(team_id, channel_id, message_id))
        return sorted(map(str, ids))

    async def between(self, team_id: str, since: datetime, until: datetime) -> AsyncIterator[DecisionRecord]:
        """Yield records decided in [since, until), oldest first.

        Raises StoreUnavailable, and StoredDataInvalid for the first that cannot be read: a log with silent
        gaps is worse than none.
        """
        async with asking_redis("list the decisions"):
            ids = await self._redis.zrange(
                keys.decisions_by_time(team_id),
                str(microseconds(since)),
                f"({microseconds(until)}",
                byscore=True,
            )
        for page in _pages(ids):
            for record in await self._records(team_id, page):
                yield record

    async def newest(self, team_id: str, most: int) -> AsyncGenerator[DecisionRecord, None]:
        """Yield at most so many records, the last decided first, reading a page when it is come to.

        Raises StoreUnavailable, and StoredDataInvalid as `between` does.
        """
        if most <= 0:
            return
        async with asking_redis("list the newest decisions"):
            ids = await self._redis.zrange(keys.decisions_by_time(team_id), 0, most - 1, desc=True)
        for page in _pages(ids):
            for record in await self._records(team_id, page):
                yield record

    async def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        """Yield the decisions in force whose review is due by a day, the longest due first.

        Raises StoreUnavailable, and StoredDataInvalid as `between` does.
        """
        async with asking_redis("list the decisions to review"):
            ids = await self._redis.zrange(
                keys.decisions_by_review(team_id), "-inf", str(until.toordinal()), byscore=True
            )
        for page in _pages(ids):
            for record in await self._records(team_id, page):
                yield record

    async def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        """Yield what is looked for on the shelves in sight, or on all for None; reads as far as is asked.

        Raises StoreUnavailable, and StoredDataInvalid as `between` does.
        """
        async for ids in self._index.groups_of_ids(team_id, query, sights):
            for page in _pages(ids, MOST_UNORDERED):
                records = await self._records(team_id, page)
                if len(ids) <= MOST_UNORDERED:
                    records.sort(key=lambda one: (one.decided_at, one.id), reverse=not query.is_oldest_first)
                for record in records:
                    if query.holds(record):
                        yield record

    async def resembling(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[float, DecisionRecord]]:
        """Return the decided records in sight whose questions are nearest to a mark, with their distances.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        nearest = await self._index.nearest(team_id, question, sights, most)
        records = await self._records(team_id, [id_ for id_, _ in nearest]) if nearest else []
        return [(far, record) for (_, far), record in zip(nearest, records, strict=True)]

    async def list_what_is_not(self) -> int:
        """List what was kept before there were lists of this form, and return how many records that were.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        return sum(
            [await self.list_again(id_) for id_ in await self.team_ids() if not await self._is_whole(id_)]
        )

    async def list_again(self, team_id: str) -> int:
        """Enter every record of a workspace into its lists, and return how many there are.

        Raises StoreUnavailable, and StoredDataInvalid for the first record that cannot be read.
        """
        async with asking_redis("list the decisions"):
            ids = [str(id_) for id_ in await self._redis.zrange(keys.decisions_by_time(team_id), 0, -1)]
        for id_ in ids:
            is_listed = False
            while not is_listed:
                stored = await self._stored(team_id, id_)
                # Whoever changes it meanwhile lists it as it is then; the next look finds that.
                is_listed = stored is None or await self._replace(stored, _read(stored, id_), None)
        async with asking_redis("remember that the decisions are listed"):
            await self._redis.set(keys.decisions_listed(team_id), "1")
        return len(ids)

    async def _is_whole(self, team_id: str) -> bool:
        async with asking_redis("say whether the decisions are listed"):
            return await self._redis.get(keys.decisions_listed(team_id)) is not None

    async def team_ids(self) -> list[str]:
        """Return the workspaces that have decisions, in order. Raises StoreUnavailable."""
        async with asking_redis("list the workspaces"):
            return sorted(str(team_id) for team_id in await self._redis.smembers(keys.TEAMS))

    async def erase(self, erasure: Erasure) -> int:
        """Erase words and ids of people in whatever records they stand.

        Raises StoreUnavailable, StoredDataInvalid, and ConversationMoved when others keep changing a record.
        """
        team_id = erasure.team_id
        async with asking_redis("list the decisions"):
            ids = [str(id_) for id_ in await self._redis.zrange(keys.decisions_by_time(team_id), 0, -1)]
        if isinstance(erasure, EraseDecision):
            # Last: its words are how copies of them are found, should this have to be done again.
            ids.sort(key=lambda id_: id_ == erasure.decision_id)
        return sum([await self._erase(team_id, id_, erasure) for id_ in ids])

    async def _erase(self, team_id: str, decision_id: str, erasure: Erasure) -> bool:
        for _ in range(_ATTEMPTS):
            stored = await self._stored(team_id, decision_id)
            if stored is None:
                return False
            record = _read(stored, decision_id)
            left = erased(record, erasure)
            if left is record:
                return False
            if await self._replace(stored, left, listed(record)):
                await self._unlist_quoted(record, left)
                return True
        raise ConversationMoved(f"someone else keeps changing decision {decision_id}; try again")

    async def _unlist_quoted(self, record: DecisionRecord, left: DecisionRecord) -> None:
        """Forget which messages it quoted that it does not quote any more: their ids may lead to people."""
        still = quoted_messages(left) if left.place == record.place else frozenset()
        async with asking_redis("forget which messages were quoted"):
            for message_id in quoted_messages(record) - still:
                place = record.place
                key = keys.decisions_quoting(place.team_id, place.channel_id, message_id)
                await self._redis.srem(key, record.id)

    async def _list_quoted(self, record: DecisionRecord) -> None:
        quoted = quoted_messages(record)
        if not quoted:
            return
        async with self._redis.pipeline(transaction=False) as commands:
            for message_id in quoted:
                commands.sadd(
                    keys.decisions_quoting(record.place.team_id, record.place.channel_id, message_id),
                    record.id,
                )
            await commands.execute()

    async def _records(self, team_id: str, ids: Sequence[str]) -> list[DecisionRecord]:
        wanted = [keys.decision(team_id, id_) for id_ in ids]
        async with asking_redis("give the decisions"):
            rows = await ask_for_bytes(self._redis, "MGET", *wanted)
        records = []
        for id_, stored in zip(ids, rows, strict=True):
            if stored is None:
                raise StoredDataInvalid(
                    f"decision {id_} is listed but its record is gone; check that Redis evicts nothing"
                )
            records.append(_read(stored, id_))
        return records

    async def _stored(self, team_id: str, decision_id: str) -> bytes | None:
        key = keys.decision(team_id, decision_id)
        async with asking_redis("give the decision"):
            stored: bytes | None = await ask_for_bytes(self._redis, "GET", key)
        return stored

    async def _replace(self, stored: bytes | None, record: DecisionRecord, before: Listed | None) -> bool:
        """Keep and list the record if what is kept is still `stored`, and say whether it was.

        `before` is where the kept one is listed; None enters it into all of its lists anew.
        """
        team_id = record.place.team_id
        # A fingerprint for comparing, not for secrecy: it is the one that Redis can compute too.
        replaced = "" if stored is None else hashlib.sha1(stored, usedforsecurity=False).hexdigest()
        more_keys, more_arguments = script_arguments(team_id, before, listed(record))
        all_keys = [
            keys.decision(team_id, record.id),
            keys.decisions_by_time(team_id),
            keys.decisions_by_review(team_id),
            *more_keys,
        ]
        async with asking_redis("keep the decision"):
            is_kept = await self._redis.eval(
                REPLACE,
                len(all_keys),
                *all_keys,
                replaced,
                compress(record.model_dump_json()),
                microseconds(record.decided_at),
                record.id,
                row_number(record.id),
                record.review_on.toordinal() if record.is_in_force and record.review_on else "",
                *more_arguments,
            )
        return bool(is_kept)


def _pages(ids: Sequence[object], size: int | None = None) -> list[list[str]]:
    size = size or _PAGE
    return [[str(id_) for id_ in ids[start : start + size]] for start in range(0, len(ids), size)]


def _read(stored: bytes, decision_id: str) -> DecisionRecord:
    return read_stored(DecisionRecord, decompress(stored), f"decision {decision_id}", MIGRATIONS)
