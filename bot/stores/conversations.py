"""Conversations in Redis: one hash each, replaced only by the very next revision, and what waits for whom."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import cast

from redis.asyncio import Redis

from bot.conversation import Conversation, Place
from bot.erasure import EraseDecision, EraseOld, ErasePerson, Erasure, concerns
from bot.errors import ConversationMoved, StoredDataInvalid
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like
from bot.stores.stored_json import Migrations, may_name, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far."""

_PAGE = 100

# What waits for a person stands in a second key, changed in the same step: KEYS[2], by the time of the turn.
# ARGV[3] is the lifetime in ms; what is older than that has expired where it is kept.
_INDEX = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function index(member, is_waiting)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[3] * 1000)
  if is_waiting == '1' then
    redis.call('ZADD', KEYS[2], now, member)
    redis.call('PEXPIRE', KEYS[2], ARGV[3])
  else
    redis.call('ZREM', KEYS[2], member)
  end
end
"""

# KEYS: conversation, waiting. ARGV: revision, json, lifetime in ms, place, "1" if it waits for an answer.
# A first save may have revision 0 or 1.
_SAVE = f"""{_INDEX}
local kept = redis.call('HGET', KEYS[1], 'revision')
local revision = tonumber(ARGV[1])
if kept then
  if revision ~= tonumber(kept) + 1 then return 0 end
elseif revision > 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
index(ARGV[4], ARGV[5])
return 1
"""

# As above, and ARGV[6]: the place that it leaves. HSET comes first, here and above: a full Redis refuses
# it then, but not any more once the script has changed something.
_KEEP_UNLESS_THERE = f"""{_INDEX}
local kept = redis.call('HGET', KEYS[1], 'json')
if kept then
  index(ARGV[6], '0')
  return kept
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
index(ARGV[6], '0')
index(ARGV[4], ARGV[5])
return ARGV[2]
"""


class RedisConversations:
    """Implements `bot.ports.Conversations`, `PlacesOfDecisions` and `HoldsWords`."""

    def __init__(self, redis: Redis, *, expires_after_days: int = keys.CONVERSATION_DAYS) -> None:
        self._redis = redis
        self._lifetime_ms = timedelta(days=expires_after_days) // timedelta(milliseconds=1)

    async def load(self, place: Place) -> Conversation | None:
        """Return the conversation at a place, or None. Raises StoreUnavailable and StoredDataInvalid."""
        async with asking_redis("give the conversation"):
            stored = await self._redis.hget(keys.conversation(place), "json")
        return None if stored is None else _read(str(stored))

    async def save(self, conversation: Conversation) -> None:
        """Keep it if it is exactly one revision newer than the kept one.

        Where nothing is kept, revisions 0 and 1 are taken as the first. Raises ConversationMoved, also when
        the kept one expired since it was loaded, and StoreUnavailable.
        """
        async with asking_redis("keep the conversation"):
            is_kept = await self._redis.eval(
                _SAVE, 2, *_keys_of(conversation), *self._arguments(conversation)
            )
        if not is_kept:
            raise ConversationMoved(
                "someone else changed the conversation meanwhile; load it and redo the turn"
            )

    async def move(self, conversation: Conversation, place: Place) -> Conversation:
        """Keep a copy at another place, unless one is there, and return what is there now.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        moved = conversation.model_copy(update={"place": place})
        async with asking_redis("keep the conversation"):
            stored = await self._redis.eval(
                _KEEP_UNLESS_THERE,
                2,
                *_keys_of(moved),
                *self._arguments(moved),
                _member(conversation.place),
            )
        return _read(cast(str, stored))

    async def waiting(self, team_id: str, user_id: str, most: int) -> list[Conversation]:
        """Return at most so many that this person opened and whose question waits, newest turn first.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        async with asking_redis("list what waits for an answer"):
            members = await self._redis.zrange(keys.waiting(team_id, user_id), 0, most - 1, desc=True)
            places = [_place(team_id, str(member)) for member in members]
            stored = [await self._redis.hget(keys.conversation(place), "json") for place in places]
        conversations = [_read(str(row)) for row in stored if row is not None]
        # Somebody else may have begun anew at the same place.
        return [kept for kept in conversations if kept.is_waiting and kept.opened_by == user_id]

    async def places_of(self, team_id: str, decision_id: str) -> Sequence[Place]:
        """Return the places of conversations that lead to a decision, or go on from it.

        Those that cannot be read are left out: erasing drops them anyway. Raises StoreUnavailable.
        """
        places = []
        async for _, stored in self._of_team(team_id):
            if may_name(stored, decision_id):
                with contextlib.suppress(StoredDataInvalid):
                    conversation = _read(stored)
                    if decision_id in (conversation.decision_id, conversation.supersedes):
                        places.append(conversation.place)
        return places

    async def erase(self, erasure: Erasure) -> int:
        """Delete the conversations that hold what is to be erased; who goes on there begins anew.

        There is no list of who spoke where, so all are looked through. Of what cannot be read, everything
        that may be meant is deleted. Raises StoreUnavailable.
        """
        if isinstance(erasure, EraseOld):
            return 0
        erased = 0
        async for key, stored in self._of_team(erasure.team_id):
            if not _may_be_meant(erasure, key, stored):
                continue
            try:
                found = _read(stored)
            except StoredDataInvalid:
                found = None
            if found is None or concerns(found, erasure):
                await self._delete(key, found)
                erased += 1
        if isinstance(erasure, ErasePerson):
            async with asking_redis("delete what waits for a person"):
                await self._redis.unlink(keys.waiting(erasure.team_id, erasure.user_id))
        return erased

    async def _delete(self, key: str, conversation: Conversation | None) -> None:
        async with asking_redis("delete a conversation"):
            if conversation is not None:
                _, waiting = _keys_of(conversation)
                await self._redis.zrem(waiting, _member(conversation.place))
            await self._redis.unlink(key)

    async def _of_team(self, team_id: str) -> AsyncIterator[tuple[str, str]]:
        """Yield the keys of all conversations, and what is kept under them, reading a page at a time."""
        async with asking_redis("list the conversations", within_s=keys.SWEEP_SECONDS):
            found = await keys_like(self._redis, keys.conversations_of_team(team_id))
        for start in range(0, len(found), _PAGE):
            page = found[start : start + _PAGE]
            async with (
                asking_redis("give the conversations"),
                self._redis.pipeline(transaction=False) as commands,
            ):
                for key in page:
                    commands.hget(key, "json")
                rows = await commands.execute()
            for key, stored in zip(page, rows, strict=True):
                if stored is not None:
                    yield key, str(stored)

    def _arguments(self, conversation: Conversation) -> tuple[int, str, int, str, int]:
        return (
            conversation.revision,
            conversation.model_dump_json(),
            self._lifetime_ms,
            _member(conversation.place),
            int(conversation.is_waiting),
        )


def _keys_of(conversation: Conversation) -> tuple[str, str]:
    place = conversation.place
    return keys.conversation(place), keys.waiting(place.team_id, conversation.opened_by)


def _member(place: Place) -> str:
    return json.dumps([place.channel_id, place.thread])


def _place(team_id: str, member: str) -> Place:
    channel_id, thread = json.loads(member)
    return Place(team_id=team_id, channel_id=channel_id, thread=thread)


def _may_be_meant(erasure: ErasePerson | EraseDecision, key: str, stored: str) -> bool:
    """Say whether it is worth reading what is kept: most conversations have nothing to do with an erasure."""
    match erasure:
        case ErasePerson(user_id=user_id):
            return may_name(stored, user_id)
        case EraseDecision(decision_id=decision_id, places=places):
            return may_name(stored, decision_id) or key in map(keys.conversation, places)


def _read(stored: str) -> Conversation:
    return read_stored(Conversation, stored, "a conversation", MIGRATIONS)
