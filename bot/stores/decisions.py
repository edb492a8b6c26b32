"""Decision records in Redis: one JSON each, and indexes by the time of the decision and by its review."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta

from redis.asyncio import Redis

from bot.erasing import quoted_messages
from bot.errors import ConversationMoved, StoredDataInvalid
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.record_history import forgets
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far. When it changes: `{1: from_1_to_2}`, and a test with a row of form 1."""

_PAGE = 100
_ATTEMPTS = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# KEYS: record, index, reviews. ARGV: SHA-1 of the JSON it replaces or "", json, decided_at, id, and the day
# of its review or "".
_REPLACE = """
local kept = redis.call('GET', KEYS[1])
if (kept and redis.sha1hex(kept) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
if ARGV[5] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
end
return 1
"""


class RedisDecisionLog:
    """Implements `bot.ports.DecisionLog`. Records are kept until someone deletes them in Redis."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

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
            if stored is not None and forgets(record, _read(stored, record.id)):
                break
            if await self._replace(stored, record):
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
                str(_microseconds(since)),
                f"({_microseconds(until)}",
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

    async def team_ids(self) -> list[str]:
        """Return the workspaces that have decisions, in order. Raises StoreUnavailable."""
        async with asking_redis("list the workspaces"):
            return sorted(str(team_id) for team_id in await self._redis.smembers(keys.TEAMS))

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
        async with asking_redis("give the decisions"):
            rows = await self._redis.mget([keys.decision(team_id, id_) for id_ in ids])
        records = []
        for id_, stored in zip(ids, rows, strict=True):
            if stored is None:
                raise StoredDataInvalid(
                    f"decision {id_} is listed but its record is gone; check that Redis evicts nothing"
                )
            records.append(_read(str(stored), id_))
        return records

    async def _stored(self, team_id: str, decision_id: str) -> str | None:
        async with asking_redis("give the decision"):
            stored = await self._redis.get(keys.decision(team_id, decision_id))
        return None if stored is None else str(stored)

    async def _replace(self, stored: str | None, record: DecisionRecord) -> bool:
        """Keep the record if what is kept is still `stored`, and say whether it was."""
        team_id = record.place.team_id
        # A fingerprint for comparing, not for secrecy: it is the one that Redis can compute too.
        replaced = "" if stored is None else hashlib.sha1(stored.encode(), usedforsecurity=False).hexdigest()
        async with asking_redis("keep the decision"):
            is_kept = await self._redis.eval(
                _REPLACE,
                3,
                keys.decision(team_id, record.id),
                keys.decisions_by_time(team_id),
                keys.decisions_by_review(team_id),
                replaced,
                record.model_dump_json(),
                _microseconds(record.decided_at),
                record.id,
                record.review_on.toordinal() if record.is_in_force and record.review_on else "",
            )
        return bool(is_kept)


def _pages(ids: Sequence[object]) -> list[list[str]]:
    return [[str(id_) for id_ in ids[start : start + _PAGE]] for start in range(0, len(ids), _PAGE)]


def _microseconds(at: datetime) -> int:
    """Return microseconds since 1970, exact also as the floating-point score of a sorted set (until 2255)."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def _read(stored: str, decision_id: str) -> DecisionRecord:
    return read_stored(DecisionRecord, stored, f"decision {decision_id}", MIGRATIONS)
