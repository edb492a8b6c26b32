"""Settings of channels and workspaces in Redis: one hash each, replaced only by the very next revision."""

from __future__ import annotations

from redis.asyncio import Redis

from bot.channel_settings import KeptSettings
from bot.erasure import ErasePerson, Erasure
from bot.errors import ErasedInPart, StoredDataInvalid, StoreUnavailable
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far."""

_ATTEMPTS = 5

# KEYS: settings. ARGV: revision, json.
_SAVE = """
if tonumber(ARGV[1]) ~= tonumber(redis.call('HGET', KEYS[1], 'revision') or 0) + 1 then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
return 1
"""


class RedisChannelSettings:
    """Implements `bot.ports.ChannelSettingsStore`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def load(self, team_id: str, channel_id: str) -> KeptSettings:
        """Return what was chosen, nothing included. Raises StoreUnavailable and StoredDataInvalid."""
        return await self._load(keys.channel_settings(team_id, channel_id))

    async def save(self, team_id: str, channel_id: str, settings: KeptSettings) -> bool:
        """Keep settings if they are exactly one revision newer than the kept ones; False when not."""
        return await self._save(keys.channel_settings(team_id, channel_id), settings)

    async def erase(self, erasure: Erasure) -> int:
        """Forget who changed settings or switched a digest on, where it was this person.

        Raises StoreUnavailable, and ErasedInPart when some cannot be read.
        """
        if not isinstance(erasure, ErasePerson):
            return 0
        async with asking_redis("list the settings of channels", within_s=keys.SWEEP_SECONDS):
            kept = await keys_like(self._redis, keys.channel_settings_of_team(erasure.team_id))
        count, unread = 0, list[str]()
        for key in kept:
            try:
                count += await self._forget(key, erasure.user_id)
            except StoredDataInvalid as error:
                unread.append(f"{error} ({key})")
        if unread:
            raise ErasedInPart(count, unread)
        return count

    async def _forget(self, key: str, user_id: str) -> int:
        for _ in range(_ATTEMPTS):
            settings = await self._load(key)
            without = settings.without(user_id)
            if without is settings:
                return 0
            if await self._save(key, without):
                return 1
        raise StoreUnavailable("the settings of a channel are changed all the time; try again in a moment")

    async def _load(self, key: str) -> KeptSettings:
        async with asking_redis("give the channel's settings"):
            stored = await self._redis.hget(key, "json")
        if stored is None:
            return KeptSettings()
        return read_stored(KeptSettings, str(stored), "the channel's settings", MIGRATIONS)

    async def _save(self, key: str, settings: KeptSettings) -> bool:
        async with asking_redis("keep the channel's settings"):
            is_kept = await self._redis.eval(_SAVE, 1, key, settings.revision, settings.model_dump_json())
        return bool(is_kept)
