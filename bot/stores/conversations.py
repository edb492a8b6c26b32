"""Conversations in Redis: one hash each, replaced only by the very next revision."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from redis.asyncio import Redis

from bot.conversation import Conversation, Place
from bot.errors import ConversationMoved
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far."""

# KEYS: conversation. ARGV: revision, json, lifetime in ms. A first save may have revision 0 or 1.
_SAVE = """
local kept = redis.call('HGET', KEYS[1], 'revision')
local revision = tonumber(ARGV[1])
if kept then
  if revision ~= tonumber(kept) + 1 then return 0 end
elseif revision > 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""

# KEYS: conversation. ARGV: revision, json, lifetime in ms.
_KEEP_UNLESS_THERE = """
local kept = redis.call('HGET', KEYS[1], 'json')
if kept then return kept end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return ARGV[2]
"""


class RedisConversations:
    """Implements `bot.ports.Conversations`."""

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
                _SAVE, 1, keys.conversation(conversation.place), *self._arguments(conversation)
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
                _KEEP_UNLESS_THERE, 1, keys.conversation(place), *self._arguments(moved)
            )
        return _read(cast(str, stored))

    def _arguments(self, conversation: Conversation) -> tuple[int, str, int]:
        return conversation.revision, conversation.model_dump_json(), self._lifetime_ms


def _read(stored: str) -> Conversation:
    return read_stored(Conversation, stored, "a conversation", MIGRATIONS)
