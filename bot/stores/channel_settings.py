"""Settings of channels and workspaces in Redis: one hash each, replaced only by the very next revision."""

from __future__ import annotations

from redis.asyncio import Redis

from bot.channel_settings import KeptSettings
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored

MIGRATIONS: Migrations = {}
"""There has been one form so far."""

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
        async with asking_redis("give the channel's settings"):
            stored = await self._redis.hget(keys.channel_settings(team_id, channel_id), "json")
        if stored is None:
            return KeptSettings()
        return read_stored(KeptSettings, str(stored), "the channel's settings", MIGRATIONS)

    async def save(self, team_id: str, channel_id: str, settings: KeptSettings) -> bool:
        """Keep settings if they are exactly one revision newer than the kept ones; False when not."""
        async with asking_redis("keep the channel's settings"):
            is_kept = await self._redis.eval(
                _SAVE,
                1,
                keys.channel_settings(team_id, channel_id),
                settings.revision,
                settings.model_dump_json(),
            )
        return bool(is_kept)
