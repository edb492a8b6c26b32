"""The lists of decisions in Redis: by audience first, then by term, so that nothing hidden is ever looked at.

Each audience has a shelf, one hash. Its fields are lists, named "PAGE|TERM": a page holds the decisions of
four weeks, so that no list grows without bound, and time is the order in which pages are read. A list is a
string of rows of one length, which takes a tenth of the memory of a sorted set (`make bench-log`):

- under a term (`bot.terms`): the decision's number, 8 bytes;
- under "time" and "due": number and moment in microseconds since 1970, 16 bytes;

What similar questions are found by (`bot.likeness`) stands in a hash of its own, behind the number, in pages
that are shares of all numbers: likeness asks for no time, and Redis keeps hashes of short values densest.

A number is the id without "D-", read as a number to base 36; rows stand in no order.

What erases finds decisions by two lists outside of the shelves: whom they name, and since when nothing has
happened to those that hold words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.erasure import holds_words, people_in
from bot.likeness import mark_of
from bot.record import DecisionRecord
from bot.stores import keys
from bot.terms import terms_of
from bot.visibility import shelf_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PAGE = timedelta(days=28)
_NUMBER_BYTES = 8
TIME = "time"
DUE = "due"
MARK_PAGES = 64
_FIRST_BEFORE, _FIRST_NOW = 6, 8
"""Places of the script's keys."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_CHARS = 10

_WITHOUT = """
local function without(list, row_bytes, number)
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
"""

# KEYS: record, ids by time, ids by review, shelves, pages, then shelf and marks before, shelf and marks now,
# ids with words, then the lists of people whom it names now or before.
# ARGV: SHA-1 of the record that it replaces or "", record, moment, id, number, day of its review or "", shelf
# now, page now, how many lists to leave, shelf before, last change or "" without words, number as a number,
# how many people are named now, then for each list to leave the place of its key, field and row length, then
# for each to enter place, field and row.
REPLACE = f"""{_WITHOUT}
local kept = redis.call('GET', KEYS[1])
if (kept and redis.sha1hex(kept) or '') ~= ARGV[1] then return 0 end
local next = 14
for _ = 1, tonumber(ARGV[9]) do
  local key, field, row_bytes = KEYS[tonumber(ARGV[next])], ARGV[next + 1], tonumber(ARGV[next + 2])
  local list = without(redis.call('HGET', key, field) or '', row_bytes, ARGV[5])
  if list == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, list) end
  next = next + 3
end
while next < #ARGV do
  local key, field, row = KEYS[tonumber(ARGV[next])], ARGV[next + 1], ARGV[next + 2]
  local list = redis.call('HGET', key, field) or ''
  if kept then list = without(list, #row, ARGV[5]) end
  redis.call('HSET', key, field, list .. row)
  next = next + 3
end
if ARGV[6] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[6], ARGV[4])
end
if ARGV[11] == '' then
  redis.call('ZREM', KEYS[10], ARGV[4])
else
  redis.call('ZADD', KEYS[10], ARGV[11], ARGV[4])
end
for place = 11, #KEYS do
  redis.call(place - 10 <= tonumber(ARGV[13]) and 'SADD' or 'SREM', KEYS[place], ARGV[12])
end
if ARGV[10] ~= ARGV[7] and redis.call('EXISTS', KEYS[6]) == 0 then redis.call('SREM', KEYS[4], ARGV[10]) end
redis.call('SADD', KEYS[4], ARGV[7])
redis.call('SADD', KEYS[5], ARGV[8])
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
return 1
"""

# For what cannot be read, so that nobody knows under which terms of its page it is listed.
# KEYS: shelf, marks, shelves. ARGV: number, page and "|", field of its mark, length of a row there, shelf.
LEAVE_SHELF = f"""{_WITHOUT}
local function leave(key, field, row_bytes)
  local list = redis.call('HGET', key, field)
  local left = list and without(list, row_bytes, ARGV[1])
  if left == '' then redis.call('HDEL', key, field)
  elseif left and left ~= list then redis.call('HSET', key, field, left) end
end

for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local is_dated = field == ARGV[2] .. '{TIME}' or field == ARGV[2] .. '{DUE}'
  if string.sub(field, 1, #ARGV[2]) == ARGV[2] then leave(KEYS[1], field, is_dated and 16 or 8) end
end
leave(KEYS[2], ARGV[3], tonumber(ARGV[4]))
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SREM', KEYS[3], ARGV[5]) end
"""


@dataclass(frozen=True)
class Listed:
    """Where a record is listed: its shelf, its page, and its rows by the fields of shelf and marks."""

    shelf: str
    page: int
    rows: dict[str, bytes]
    marks: dict[str, bytes]
    people: frozenset[str]
    last_change: str
    """In microseconds since 1970; "" when it holds no words."""
    number: str


def listed(record: DecisionRecord) -> Listed:
    """Return everything under which a record is found."""
    number = row_number(record.id)
    page = page_of(record.decided_at)
    rows = dict.fromkeys((f"{page}|{term}" for term in terms_of(record)), number)
    rows[f"{page}|{TIME}"] = number + _in_bytes(microseconds(record.decided_at))
    if record.review_on is not None:
        rows[f"{page}|{DUE}"] = number + _in_bytes(day_start(record.review_on))
    mark = mark_of(record)
    marks = {mark_field(record.id): number + mark} if mark else {}
    last_change = str(microseconds(record.history[-1].at)) if holds_words(record) else ""
    return Listed(
        shelf_of(record.audience),
        page,
        rows,
        marks,
        people_in(record),
        last_change,
        str(plain_number(record.id)),
    )


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
    people = [*now.people, *((before or now).people - now.people)]
    all_keys = [
        *(keys.decision_shelves(team_id), keys.decision_pages(team_id), *shelves),
        keys.decisions_with_words(team_id),
        *(keys.decisions_naming(team_id, user_id) for user_id in people),
    ]
    arguments = [now.shelf, str(now.page), str(len(left) // 3), (before or now).shelf]
    arguments += [now.last_change, now.number, str(len(now.people))]
    return all_keys, [*arguments, *left, *entered]


def microseconds(at: datetime) -> int:
    """Return microseconds since 1970, exact also as the floating-point score of a sorted set (until 2255)."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def page_of(at: datetime) -> int:
    """Return the page that holds the decisions of that time."""
    return (at - _EPOCH) // _PAGE


def page_of_microseconds(since_1970: int) -> int:
    """Return the same for microseconds since 1970."""
    return since_1970 // (_PAGE // timedelta(microseconds=1))


def mark_field(decision_id: str) -> str:
    """Return the field of marks under which a decision stands."""
    return str(plain_number(decision_id) % MARK_PAGES)


def row_number(decision_id: str) -> bytes:
    """Return the number of a decision as it stands in lists."""
    return _in_bytes(plain_number(decision_id))


def plain_number(decision_id: str) -> int:
    """Return the number of a decision."""
    return int(decision_id.removeprefix("D-"), 36)


def id_of(number: int) -> str:
    """Return the id of the decision with this number."""
    digits = ""
    for _ in range(_ID_CHARS):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return f"D-{digits}"


def _in_bytes(number: int) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "little", signed=True)


def day_start(day: date) -> int:
    """Return when a day begins in UTC, in microseconds since 1970."""
    return microseconds(datetime.combine(day, time(), UTC))
