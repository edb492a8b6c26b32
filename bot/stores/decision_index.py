"""Finds decisions by the lists of `decision_lists`; nothing hidden is ever looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import numpy as np
from redis.asyncio import Redis

from bot.likeness import MARK_BYTES, distances
from bot.query import Query
from bot.stores import keys
from bot.stores.decision_lists import DUE, MARK_PAGES, TIME, day_start, id_of, microseconds, page_of
from bot.stores.redis_errors import asking_redis
from bot.stores.undecoded import queue_for_bytes
from bot.terms import within
from bot.visibility import Sight

_MOST_PAGES_AT_ONCE = 8
_MARK_PAGES_AT_ONCE = 32
MOST_UNORDERED = 60
"""So few are put in order when they are read: the list of moments of a page would cost more."""

Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]


class DecisionIndex:
    """Reads the lists. Every method raises StoreUnavailable."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def groups_of_ids(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncIterator[list[str]]:
        """Yield the ids of what is looked for, on all shelves for `sights` None, in groups.

        Groups stand in the order of time; within one, ids do only when they are more than `MOST_UNORDERED`.
        In smaller ones, some may be from before or after what is asked for, or not due.
        """
        shelves = await self._all_shelves(team_id) if sights is None else sights
        pages = await self._pages(team_id, query)
        start, at_once = 0, _MOST_PAGES_AT_ONCE if query.terms else 1
        while start < len(pages):
            batch = pages[start : start + at_once]
            found = await self._found(team_id, query, shelves, batch)
            group: list[str] = []
            for page in batch:
                with_results = [(sight, numbers) for sight, numbers in found[page] if numbers is not None]
                count = sum(len(numbers) for _, numbers in with_results)
                is_counted = all(len(numbers) for _, numbers in with_results)
                if is_counted and len(group) + count <= MOST_UNORDERED:
                    group += [id_of(int(number)) for _, numbers in with_results for number in numbers]
                    continue
                if group:
                    yield group
                    group = []
                yield await self._in_order(team_id, query, page, with_results)
            if group:
                yield group
            start, at_once = start + at_once, min(2 * at_once, _MOST_PAGES_AT_ONCE)

    async def nearest(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[str, float]]:
        """Return the ids of the decisions whose questions are nearest in meaning, with their distances."""
        allowed = [await self._numbers_within(team_id, sight) if sight.within else None for sight in sights]
        best: list[tuple[float, int]] = []
        for start in range(0, MARK_PAGES, _MARK_PAGES_AT_ONCE):
            fields = [str(page) for page in range(start, start + _MARK_PAGES_AT_ONCE)]
            marked = await self._lists_of(
                [(keys.decision_marks(team_id, one.shelf), fields) for one in sights]
            )
            for rows, within_sight in zip(marked, allowed, strict=True):
                best += _nearest_of(b"".join(filter(None, rows)), question, within_sight, most)
            best = sorted(best)[:most]
        return [(id_of(number), distance) for distance, number in best]

    async def _found(
        self, team_id: str, query: Query, sights: Sequence[Sight], pages: Sequence[int]
    ) -> dict[int, list[tuple[Sight, Numbers | None]]]:
        """Return for each page what each sight holds: numbers, or None for nothing; all of it when empty."""
        found: dict[int, list[tuple[Sight, Numbers | None]]] = {page: [] for page in pages}
        terms = sorted(query.terms)
        wanted = [[*terms, *([within(sight.within)] if sight.within else [])] for sight in sights]
        fields = [[f"{page}|{term}" for page in pages for term in of_sight] for of_sight in wanted]
        asked = [(sight, names) for sight, names in zip(sights, fields, strict=True) if names]
        rows = iter(
            await self._lists_of([(keys.decision_shelf(team_id, one.shelf), names) for one, names in asked])
        )
        for sight, of_sight in zip(sights, wanted, strict=True):
            lists = next(rows) if of_sight else []
            for place, page in enumerate(pages):
                of_page = lists[place * len(of_sight) : (place + 1) * len(of_sight)]
                found[page].append((sight, _in_all(of_page)))
        return found

    async def _in_order(
        self, team_id: str, query: Query, page: int, found: Sequence[tuple[Sight, Numbers]]
    ) -> list[str]:
        fields = [f"{page}|{TIME}", *([f"{page}|{DUE}"] if query.due_before else [])]
        lists = await self._lists(team_id, [sight.shelf for sight, _ in found], fields)
        moments: list[tuple[int, int]] = []
        for (_, numbers), of_sight in zip(found, lists, strict=True):
            rows = _dated(of_sight[0])
            if len(numbers):
                rows = rows[np.isin(rows[:, 0], numbers)]
            if query.due_before:
                due = _dated(of_sight[1])
                in_time = due[due[:, 1].astype(np.int64) < day_start(query.due_before)][:, 0]
                rows = rows[np.isin(rows[:, 0], in_time)]
            moments += [(at, number) for number, at in rows.astype(np.int64).tolist()]
        since = microseconds(query.since) if query.since else None
        until = microseconds(query.until) if query.until else None
        kept = [
            (at, number)
            for at, number in set(moments)
            if (since is None or since <= at) and (until is None or at < until)
        ]
        return [id_of(number) for _, number in sorted(kept, reverse=not query.is_oldest_first)]

    async def _pages(self, team_id: str, query: Query) -> list[int]:
        async with asking_redis("list the decisions"):
            known = sorted(int(page) for page in await self._redis.smembers(keys.decision_pages(team_id)))
        first = page_of(query.since) if query.since else None
        last = page_of(query.until) if query.until else None
        pages = [
            page for page in known if (first is None or first <= page) and (last is None or page <= last)
        ]
        return pages if query.is_oldest_first else pages[::-1]

    async def _all_shelves(self, team_id: str) -> list[Sight]:
        async with asking_redis("list the decisions"):
            shelves = await self._redis.smembers(keys.decision_shelves(team_id))
        return [Sight(str(shelf)) for shelf in sorted(shelves)]

    async def _numbers_within(self, team_id: str, sight: Sight) -> Numbers:
        fields = [f"{page}|{within(sight.within)}" for page in await self._pages(team_id, Query())]
        if not fields:
            return np.empty(0, dtype=np.uint64)
        (lists,) = await self._lists(team_id, [sight.shelf], fields)
        return _numbers(b"".join(filter(None, lists)))

    async def _lists(
        self, team_id: str, shelves: Sequence[str], fields: Sequence[str]
    ) -> list[list[bytes | None]]:
        return await self._lists_of([(keys.decision_shelf(team_id, shelf), fields) for shelf in shelves])

    async def _lists_of(self, asked: Sequence[tuple[str, Sequence[str]]]) -> list[list[bytes | None]]:
        """Return the lists under fields of keys, for each key one after another."""
        if not asked:
            return []
        async with (
            asking_redis("give the lists of decisions"),
            self._redis.pipeline(transaction=False) as pipe,
        ):
            for key, fields in asked:
                queue_for_bytes(pipe, "HMGET", key, *fields)
            return list(await pipe.execute())


def _numbers(rows: bytes) -> Numbers:
    return np.frombuffer(rows, dtype="<u8")


def _dated(rows: bytes | None) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return np.frombuffer(rows or b"", dtype="<u8").reshape(-1, 2)


def _in_all(lists: Sequence[bytes | None]) -> Numbers | None:
    """Return the numbers that stand in all lists, None when none does; empty when there are no lists."""
    if not all(lists):
        return None
    found: Numbers = np.empty(0, dtype=np.uint64)
    for place, rows in enumerate(sorted(filter(None, lists), key=len)):
        found = _numbers(rows) if place == 0 else found[np.isin(found, _numbers(rows))]
        if not len(found):
            return None
    return found


def _nearest_of(rows: bytes, question: bytes, allowed: Numbers | None, most: int) -> list[tuple[float, int]]:
    row = np.dtype([("number", "<u8"), ("mark", np.int8, (MARK_BYTES,))])
    marked = np.frombuffer(rows, dtype=row)
    if allowed is not None:
        marked = marked[np.isin(marked["number"], allowed)]
    if not len(marked):
        return []
    far = distances(question, marked["mark"])
    nearest = np.argsort(far, kind="stable")[:most]
    return [(float(far[place]), int(marked["number"][place])) for place in nearest]
