"""Erases words from decisions, found by lists: whom they name, and since when nothing has happened to them.

These lists are changed in one step with the record. What could not be read when they were made stands in none
of them; it is looked through as it is.
"""

from __future__ import annotations

import structlog
from redis.asyncio import Redis

from bot.deleted_message import quoted_messages
from bot.erasure import EraseDecision, EraseOld, ErasePerson, Erasure, erased
from bot.errors import ConversationMoved, ErasedInPart, KeptByNewer, StoredDataInvalid
from bot.likeness import MARK_BYTES
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.compressed_json import decompress
from bot.stores.decision_lists import (
    LEAVE_SHELF,
    id_of,
    listed,
    mark_field,
    microseconds,
    page_of_microseconds,
    plain_number,
    row_number,
)
from bot.stores.decision_rows import DecisionRows, pages_of, read_record
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like
from bot.stores.stored_json import may_name

_ATTEMPTS = 5

log = structlog.get_logger(__name__)


class DecisionErasing:
    """Erases from the decisions of one Redis."""

    def __init__(self, redis: Redis, rows: DecisionRows) -> None:
        self._redis = redis
        self._rows = rows

    async def erase(self, erasure: Erasure) -> int:
        """Erase words and ids of people, and return from how many decisions.

        Raises StoreUnavailable, and ConversationMoved when others keep changing a record. What cannot be read
        keeps nothing else: it is dropped where it is known to be meant; ErasedInPart names the others.
        """
        count, unread = 0, list[str]()
        for page in pages_of(await self._ids(erasure)):
            rows = await self._rows.stored_of(erasure.team_id, page)
            for id_, stored in zip(page, rows, strict=True):
                try:
                    count += await self._erase_one(erasure, id_, stored)
                except StoredDataInvalid as error:
                    if await self._drop_if_meant(erasure, id_, stored, error):
                        count += 1
                    else:
                        unread.append(str(error))
        if unread:
            raise ErasedInPart(count, unread)
        return count

    async def _ids(self, erasure: Erasure) -> list[str]:
        """Return the decisions that may be meant, in order."""
        team_id = erasure.team_id
        async with asking_redis("list the decisions to erase from"):
            unlisted = set(map(str, await self._redis.smembers(keys.decisions_unlisted(team_id))))
            match erasure:
                case EraseOld(before=before):
                    old = await self._redis.zrange(
                        keys.decisions_with_words(team_id), "-inf", f"({microseconds(before)}", byscore=True
                    )
                    return sorted({*unlisted, *map(str, old)})
                case ErasePerson(user_id=user_id):
                    return sorted(unlisted | await self._naming(team_id, user_id))
                case EraseDecision(decision_id=decision_id, said=said):
                    copies = [await self._naming(team_id, user_id) for user_id in {one[0] for one in said}]
                    others = sorted(unlisted.union(*copies) - {decision_id})
                    # Last: its words are how copies of them are found, should this have to be done again.
                    return [*others, decision_id]

    async def _naming(self, team_id: str, user_id: str) -> set[str]:
        numbers = await self._redis.smembers(keys.decisions_naming(team_id, user_id))
        return {id_of(int(number)) for number in numbers}

    async def _erase_one(self, erasure: Erasure, decision_id: str, stored: bytes | None) -> bool:
        for _ in range(_ATTEMPTS):
            if stored is None:
                await self._forget_listing(erasure, decision_id)
                return False
            record = read_record(stored, decision_id)
            left = erased(record, erasure)
            if left is record:
                return False
            if await self._rows.replace(stored, left, listed(record)):
                await self._unlist_quoted(record, left)
                return True
            stored = await self._rows.stored(erasure.team_id, decision_id)
        raise ConversationMoved(f"someone else keeps changing decision {decision_id}; try again")

    async def _drop_if_meant(
        self, erasure: Erasure, decision_id: str, stored: bytes | None, error: StoredDataInvalid
    ) -> bool:
        """Delete a damaged decision that this erasure means; False when it may stay, or is none."""
        if isinstance(error, KeptByNewer) or not await self._is_meant(erasure, decision_id, stored or b""):
            return False
        await self._drop(erasure.team_id, decision_id)
        log.warning("damaged_decision_dropped", decision_id=decision_id, reason=str(error))
        return True

    async def _is_meant(self, erasure: Erasure, decision_id: str, stored: bytes) -> bool:
        match erasure:
            case EraseDecision():
                return decision_id == erasure.decision_id
            case ErasePerson(team_id=team_id, user_id=user_id):
                naming = keys.decisions_naming(team_id, user_id)
                async with asking_redis("say whom a decision names"):
                    is_listed = await self._redis.sismember(naming, str(plain_number(decision_id)))
                return bool(is_listed) or may_name(decompress(stored), user_id)
            case EraseOld():
                return False

    async def _drop(self, team_id: str, decision_id: str) -> None:
        """Delete a decision and its places in all lists, though nobody can read where it is listed."""
        by_time = keys.decisions_by_time(team_id)
        async with asking_redis("delete a damaged decision", within_s=keys.SWEEP_SECONDS):
            decided_at = await self._redis.zscore(by_time, decision_id)
            page = "" if decided_at is None else str(page_of_microseconds(int(decided_at)))
            for shelf in await self._redis.smembers(keys.decision_shelves(team_id)):
                of_shelf = (
                    keys.decision_shelf(team_id, str(shelf)),
                    keys.decision_marks(team_id, str(shelf)),
                    keys.decision_shelves(team_id),
                )
                number, mark = row_number(decision_id), mark_field(decision_id)
                await self._redis.eval(
                    LEAVE_SHELF, 3, *of_shelf, number, f"{page}|", mark, len(number) + MARK_BYTES, str(shelf)
                )
            for key in await keys_like(self._redis, keys.decisions_quoting_of_team(team_id)):
                await self._redis.srem(key, decision_id)
            for key in await keys_like(self._redis, keys.decisions_naming(team_id, "")):
                await self._redis.srem(key, str(plain_number(decision_id)))
            for listed_by in (by_time, keys.decisions_by_review(team_id), keys.decisions_with_words(team_id)):
                await self._redis.zrem(listed_by, decision_id)
            for set_ in (keys.decisions_unlisted(team_id), keys.decisions_of_unknown_audience(team_id)):
                await self._redis.srem(set_, decision_id)
            # Last: should this have to be done again, it is still found.
            await self._redis.unlink(keys.decision(team_id, decision_id))

    async def _forget_listing(self, erasure: Erasure, decision_id: str) -> None:
        """Forget a decision that is listed and was deleted by somebody else."""
        team_id = erasure.team_id
        async with asking_redis("forget a decision that is gone"):
            await self._redis.zrem(keys.decisions_with_words(team_id), decision_id)
            await self._redis.srem(keys.decisions_unlisted(team_id), decision_id)
            if isinstance(erasure, ErasePerson):
                naming = keys.decisions_naming(team_id, erasure.user_id)
                await self._redis.srem(naming, str(plain_number(decision_id)))

    async def _unlist_quoted(self, record: DecisionRecord, left: DecisionRecord) -> None:
        """Forget which messages it quoted that it does not quote any more: their ids may lead to people."""
        still = quoted_messages(left) if left.place == record.place else frozenset()
        async with asking_redis("forget which messages were quoted"):
            for message_id in quoted_messages(record) - still:
                place = record.place
                key = keys.decisions_quoting(place.team_id, place.channel_id, message_id)
                await self._redis.srem(key, record.id)
