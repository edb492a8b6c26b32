"""Decision records as Redis keeps them: one compressed JSON each, changed together with its lists."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from redis.asyncio import Redis

from bot.errors import StoredDataInvalid
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.compressed_json import compress, decompress
from bot.stores.decision_lists import REPLACE, Listed, listed, microseconds, row_number, script_arguments
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored
from bot.stores.undecoded import ask_for_bytes

MIGRATIONS: Migrations = {}
"""There has been one form so far. When it changes: `{1: from_1_to_2}`, and a test with a row of form 1."""

_PAGE = 100


class DecisionRows:
    """Reads and replaces rows. Every method raises StoreUnavailable."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def stored(self, team_id: str, decision_id: str) -> bytes | None:
        """Return what is kept of one decision, as it is kept."""
        key = keys.decision(team_id, decision_id)
        async with asking_redis("give the decision"):
            stored: bytes | None = await ask_for_bytes(self._redis, "GET", key)
        return stored

    async def stored_of(self, team_id: str, ids: Sequence[str]) -> list[bytes | None]:
        """Return what is kept of each of a page of decisions."""
        wanted = [keys.decision(team_id, id_) for id_ in ids]
        async with asking_redis("give the decisions"):
            rows: list[bytes | None] = await ask_for_bytes(self._redis, "MGET", *wanted)
        return rows

    async def records(self, team_id: str, ids: Sequence[str]) -> list[DecisionRecord]:
        """Return a page of records. Raises StoredDataInvalid for the first that is gone or cannot be read."""
        records = []
        for id_, stored in zip(ids, await self.stored_of(team_id, ids), strict=True):
            if stored is None:
                raise StoredDataInvalid(
                    f"decision {id_} is listed but its record is gone; check that Redis evicts nothing"
                )
            records.append(read_record(stored, id_))
        return records

    async def replace(self, stored: bytes | None, record: DecisionRecord, before: Listed | None) -> bool:
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


def pages_of(ids: Sequence[object], size: int | None = None) -> list[list[str]]:
    """Return ids in groups that are read at once."""
    size = size or _PAGE
    return [[str(id_) for id_ in ids[start : start + size]] for start in range(0, len(ids), size)]


def read_record(stored: bytes, decision_id: str) -> DecisionRecord:
    """Return a record. Raises StoredDataInvalid, KeptByNewer among it."""
    return read_stored(DecisionRecord, decompress(stored), f"decision {decision_id}", MIGRATIONS)
