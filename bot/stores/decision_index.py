"""Lists of decisions in Redis: by audience first, then by term, so that nothing hidden is ever looked at.

Each audience has a shelf, one hash. Its fields are lists, named "PAGE|TERM": a page holds the decisions of
four weeks, so that no list grows without bound, and time is the order in which pages are read. A list is a
string of rows of one length, which takes a tenth of the memory of a sorted set (`make bench-log`):

- under a term (`bot.terms`): the decision's number, 8 bytes;
- under "time" and "due": number and moment in microseconds since 1970, 16 bytes;

What similar questions are found by (`bot.likeness`) stands in a hash of its own, behind the number, in pages
that are shares of all numbers: likeness asks for no time, and Redis keeps hashes of short values densest.

A number is the id without "D-", read as a number to base 36; rows stand in no order.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from redis.asyncio import Redis

from bot.likeness import MARK_BYTES, distances, mark_of
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.undecoded import queue_for_bytes
from bot.terms import terms_of, within
from bot.visibility import Sight, shelf_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PAGE = timedelta(days=28)
_MOST_PAGES_AT_ONCE = 8
_NUMBER_BYTES = 8
_TIME = "time"
_DUE = "due"
_MARK_PAGES = 64
_MARK_PAGES_AT_ONCE = 32
_FIRST_BEFORE, _FIRST_NOW = 6, 8
"""Places of the script's keys."""
MOST_UNORDERED = 60
"""So few are put in order when they are read: the list of moments of a page would cost more."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_CHARS = 10

Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]

# KEYS: record, ids by time, ids by review, shelves, pages, then shelf and marks before, shelf and marks now.
# ARGV: SHA-1 of the record that it replaces or "", record, moment, id, number, day of its review or "", shelf
# now, page now, how many lists to leave, shelf before, then for each of those the place of its key, field and
# row length, then for each to enter place, field and row.
REPLACE = """
local kept = redis.call('GET', KEYS[1])
if (kept and redis.sha1hex(kept) or '') ~= ARGV[1] then return 0 end
local number = ARGV[5]

local function without(list, row_bytes)
  local from = 1
  while true do
    local at = string.find(list, number, from, true)
    if not at then return list end
    if (at - 1) % row_bytes == 0 then
      return string.sub(list, 1, at - 1) .. string.sub(list, at + row_bytes)
    end
    from = at + 1
  end
end

local next = 11
for _ = 1, tonumber(ARGV[9]) do
  local key, field, row_bytes = KEYS[tonumber(ARGV[next])], ARGV[next + 1], tonumber(ARGV[next + 2])
  local list = without(redis.call('HGET', key, field) or '', row_bytes)
  if list == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, list) end
  next = next + 3
end
while next < #ARGV do
  local key, field, row = KEYS[tonumber(ARGV[next])], ARGV[next + 1], ARGV[next + 2]
  local list = redis.call('HGET', key, field) or ''
  if kept then list = without(list, #row) end
  redis.call('HSET', key, field, list .. row)
  next = next + 3
end
if ARGV[6] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[6], ARGV[4])
end
if ARGV[10] ~= ARGV[7] and redis.call('EXISTS', KEYS[6]) == 0 then redis.call('SREM', KEYS[4], ARGV[10]) end
redis.call('SADD', KEYS[4], ARGV[7])
redis.call('SADD', KEYS[5], ARGV[8])
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
return 1
"""


@dataclass(frozen=True)
class Listed:
    """Where a record is listed: its shelf, its page, and its rows by the fields of shelf and marks."""

    shelf: str
    page: int
    rows: dict[str, bytes]
    marks: dict[str, bytes]


def listed(record: DecisionRecord) -> Listed:
    """Return everything under which a record is found."""
    number = row_number(record.id)
    page = page_of(record.decided_at)
    rows = dict.fromkeys((f"{page}|{term}" for term in terms_of(record)), number)
    rows[f"{page}|{_TIME}"] = number + _in_bytes(microseconds(record.decided_at))
    if record.review_on is not None:
        rows[f"{page}|{_DUE}"] = number + _in_bytes(_day_start(record.review_on))
    mark = mark_of(record)
    marks = {str(int.from_bytes(number, "little") % _MARK_PAGES): number + mark} if mark else {}
    return Listed(shelf_of(record.audience), page, rows, marks)


def script_arguments(team_id: str, before: Listed | None, now: Listed) -> tuple[list[str], list[str | bytes]]:
    """Return the script's keys from the shelves on, and its arguments from the shelf on."""
    has_moved = before is not None and before.shelf != now.shelf
    left: list[str | bytes] = []
    entered: list[str | bytes] = []
    of_before = ({}, {}) if before is None else (before.rows, before.marks)
    for place, known, wanted in zip((0, 1), of_before, (now.rows, now.marks), strict=True):
        for field, row in known.items():
            if has_moved or field not in wanted:
                left += [str(_FIRST_BEFORE + place), field, str(len(row))]
        for field, row in wanted.items():
            if has_moved or known.get(field) != row:
                entered += [str(_FIRST_NOW + place), field, row]
    shelves = [
        key(team_id, one.shelf)
        for one in (before or now, now)
        for key in (keys.decision_shelf, keys.decision_marks)
    ]
    all_keys = [keys.decision_shelves(team_id), keys.decision_pages(team_id), *shelves]
    shelf_before = (before or now).shelf
    return all_keys, [now.shelf, str(now.page), str(len(left) // 3), shelf_before, *left, *entered]


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
                    group += [_id(int(number)) for _, numbers in with_results for number in numbers]
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
        for start in range(0, _MARK_PAGES, _MARK_PAGES_AT_ONCE):
            fields = [str(page) for page in range(start, start + _MARK_PAGES_AT_ONCE)]
            marked = await self._lists_of(
                [(keys.decision_marks(team_id, one.shelf), fields) for one in sights]
            )
            for rows, within_sight in zip(marked, allowed, strict=True):
                best += _nearest_of(b"".join(filter(None, rows)), question, within_sight, most)
            best = sorted(best)[:most]
        return [(_id(number), distance) for distance, number in best]

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
        fields = [f"{page}|{_TIME}", *([f"{page}|{_DUE}"] if query.due_before else [])]
        lists = await self._lists(team_id, [sight.shelf for sight, _ in found], fields)
        moments: list[tuple[int, int]] = []
        for (_, numbers), of_sight in zip(found, lists, strict=True):
            rows = _dated(of_sight[0])
            if len(numbers):
                rows = rows[np.isin(rows[:, 0], numbers)]
            if query.due_before:
                due = _dated(of_sight[1])
                in_time = due[due[:, 1].astype(np.int64) < _day_start(query.due_before)][:, 0]
                rows = rows[np.isin(rows[:, 0], in_time)]
            moments += [(at, number) for number, at in rows.astype(np.int64).tolist()]
        since = microseconds(query.since) if query.since else None
        until = microseconds(query.until) if query.until else None
        kept = [
            (at, number)
            for at, number in set(moments)
            if (since is None or since <= at) and (until is None or at < until)
        ]
        return [_id(number) for _, number in sorted(kept, reverse=not query.is_oldest_first)]

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


def microseconds(at: datetime) -> int:
    """Return microseconds since 1970, exact also as the floating-point score of a sorted set (until 2255)."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def page_of(at: datetime) -> int:
    """Return the page that holds the decisions of that time."""
    return (at - _EPOCH) // _PAGE


def row_number(decision_id: str) -> bytes:
    """Return the number of a decision as it stands in lists."""
    return _in_bytes(int(decision_id.removeprefix("D-"), 36))


def _id(number: int) -> str:
    digits = ""
    for _ in range(_ID_CHARS):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return f"D-{digits}"


def _in_bytes(number: int) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "little", signed=True)


def _day_start(day: date) -> int:
    return microseconds(datetime.combine(day, time(), UTC))


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
