"""Finding keys by how they begin. Slow on a large Redis: for erasing and deleting only, never for a turn."""

from __future__ import annotations

from redis.asyncio import Redis

_AT_ONCE = 500


async def keys_like(redis: Redis, beginning: str) -> list[str]:
    """Return the keys that begin so; on a Cluster, those of all nodes.

    `beginning` comes from `bot.stores.keys`: its ids are percent-encoded, so none is taken for a pattern.
    """
    found = {str(key) async for key in redis.scan_iter(match=f"{beginning}*", count=_AT_ONCE)}
    return sorted(key for key in found if key.startswith(beginning))
