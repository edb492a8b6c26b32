"""Decision records in Redis: one JSON each, and the lists by which they are found, changed in one step."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime

import structlog
from redis.asyncio import Redis

from bot.deleted_message import quoted_messages
from bot.erasure import Erasure
from bot.errors import ConversationMoved, StoredDataInvalid
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.decision_erasing import DecisionErasing
from bot.stores.decision_index import MOST_UNORDERED, DecisionIndex
from bot.stores.decision_lists import listed, microseconds
from bot.stores.decision_rows import DecisionRows, pages_of, read_record
from bot.stores.record_history import forgets
from bot.stores.redis_errors import asking_redis
from bot.visibility import Sight

_ATTEMPTS = 5

log = structlog.get_logger(__name__)


class RedisDecisionLog:
    """Implements `bot.ports.DecisionLog` and `HoldsWords`. Records are kept; their words can be erased."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._rows = DecisionRows(redis)
        self._index = DecisionIndex(redis)
        self._erasing = DecisionErasing(redis, self._rows)

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        """Return one record, or None. Raises StoreUnavailable and StoredDataInvalid."""
        stored = await self._rows.stored(team_id, decision_id)
        return None if stored is None else read_record(stored, decision_id)

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
            if record.audience.unknown_at is not None:
                await self._redis.sadd(keys.decisions_of_unknown_audience(team_id), record.id)
        for _ in range(_ATTEMPTS):
            stored = await self._rows.stored(team_id, record.id)
            kept = None if stored is None else read_record(stored, record.id)
            if kept is not None and forgets(record, kept):
                break
            if await self._rows.replace(stored, record, None if kept is None else listed(kept)):
                if kept is not None and kept.audience.unknown_at and not record.audience.unknown_at:
                    async with asking_redis("note that an audience is known"):
                        await self._redis.srem(keys.decisions_of_unknown_audience(team_id), record.id)
                return
        raise ConversationMoved(f"someone else changed decision {record.id} meanwhile; load it and try again")

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> list[str]:
        """Return the ids of the decisions that quote a message, or did, in order. Raises StoreUnavailable."""
        async with asking_redis("say which decisions quote a message"):
            ids = await self._redis.smembers(keys.decisions_quoting(team_id, channel_id, message_id))
        return sorted(map(str, ids))

    async def of_unknown_audience(self, team_id: str, most: int) -> list[str]:
        """Return the ids of at most so many decisions whose audience is to be asked for again, in any order.

        Raises StoreUnavailable.
        """
        async with asking_redis("list the decisions of unknown audience"):
            key = keys.decisions_of_unknown_audience(team_id)
            return [str(id_) for id_ in await self._redis.srandmember(key, most) or []]

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
        for page in pages_of(ids):
            for record in await self._rows.records(team_id, page):
                yield record

    async def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        """Yield the decisions in force whose review is due by a day, the longest due first.

        Raises StoreUnavailable, and StoredDataInvalid as `between` does.
        """
        async with asking_redis("list the decisions to review"):
            ids = await self._redis.zrange(
                keys.decisions_by_review(team_id), "-inf", str(until.toordinal()), byscore=True
            )
        for page in pages_of(ids):
            for record in await self._rows.records(team_id, page):
                yield record

    async def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        """Yield what is looked for on the shelves in sight, or on all for None; reads as far as is asked.

        Raises StoreUnavailable, and StoredDataInvalid as `between` does.
        """
        async for ids in self._index.groups_of_ids(team_id, query, sights):
            for page in pages_of(ids, MOST_UNORDERED):
                records = await self._rows.records(team_id, page)
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
        records = await self._rows.records(team_id, [id_ for id_, _ in nearest]) if nearest else []
        return [(far, record) for (_, far), record in zip(nearest, records, strict=True)]

    async def list_what_is_not(self) -> int:
        """List what was kept before there were all of these lists, and return how many records that were.

        What could not be read then is tried again. Raises StoreUnavailable.
        """
        return sum([await self._list_rest(team_id) for team_id in await self.team_ids()])

    async def _list_rest(self, team_id: str) -> int:
        async with asking_redis("say whether the decisions are listed"):
            is_whole = await self._redis.get(keys.decisions_listed(team_id)) is not None
            unlisted = await self._redis.smembers(keys.decisions_unlisted(team_id))
        if not is_whole:
            return await self.list_again(team_id)
        return sum([await self._list_one(team_id, str(id_)) for id_ in sorted(unlisted)])

    async def list_again(self, team_id: str) -> int:
        """Enter every record of a workspace into its lists, and return how many could be read.

        Those that could not are remembered: erasing looks through them as they are. Raises StoreUnavailable.
        """
        async with asking_redis("list the decisions"):
            ids = [str(id_) for id_ in await self._redis.zrange(keys.decisions_by_time(team_id), 0, -1)]
        count = sum([await self._list_one(team_id, id_) for id_ in ids])
        async with asking_redis("remember that the decisions are listed"):
            await self._redis.set(keys.decisions_listed(team_id), "1")
        return count

    async def _list_one(self, team_id: str, decision_id: str) -> bool:
        unlisted = keys.decisions_unlisted(team_id)
        is_listed = False
        try:
            while not is_listed:
                stored = await self._rows.stored(team_id, decision_id)
                # Whoever changes it meanwhile lists it as it is then; the next look finds that.
                is_listed = stored is None or await self._rows.replace(
                    stored, read_record(stored, decision_id), None
                )
        except StoredDataInvalid as error:
            log.warning("decision_not_listed", decision_id=decision_id, reason=str(error))
            async with asking_redis("remember what cannot be listed"):
                await self._redis.sadd(unlisted, decision_id)
            return False
        async with asking_redis("forget what could not be listed"):
            await self._redis.srem(unlisted, decision_id)
        return True

    async def team_ids(self) -> list[str]:
        """Return the workspaces that have decisions, in order. Raises StoreUnavailable."""
        async with asking_redis("list the workspaces"):
            return sorted(str(team_id) for team_id in await self._redis.smembers(keys.TEAMS))

    async def erase(self, erasure: Erasure) -> int:
        """Erase words and ids of people in whatever records they stand, and return in how many they stood.

        Raises StoreUnavailable, ConversationMoved when others keep changing a record, and ErasedInPart when
        some cannot be read; see `decision_erasing`.
        """
        return await self._erasing.erase(erasure)

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
