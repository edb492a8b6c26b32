"""The files of a Redis that appends: what was erased stands in them until they are written anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.exceptions import ResponseError

from bot.errors import StoreUnavailable
from bot.stores import keys
from bot.stores.redis_errors import asking_redis

_LOOK_EVERY_S = 0.05


class RedisFiles:
    """Has the server, or each node that holds keys, write its append-only file anew."""

    def __init__(self, redis: Redis) -> None:
        self._redis: Any = redis  # the two kinds of client take different arguments
        is_cluster = isinstance(self._redis, RedisCluster)
        self._on_all: Mapping[str, Any] = {"target_nodes": RedisCluster.PRIMARIES} if is_cluster else {}

    async def rewrite(self) -> bool:
        """Write the files anew, and wait for it; False when the server does not let us, or does not get done.

        A server that keeps no such file has nothing to rewrite. Raises StoreUnavailable.
        """
        give_up_at = time.monotonic() + keys.SWEEP_SECONDS
        try:
            if not any(await self._facts("aof_enabled")):
                return True
            async with asking_redis("rewrite its file"):
                await self._redis.execute_command("BGREWRITEAOF", **self._on_all)
            while any(
                await self._facts("aof_rewrite_in_progress") + await self._facts("aof_rewrite_scheduled")
            ):
                if time.monotonic() > give_up_at:
                    return False
                await asyncio.sleep(_LOOK_EVERY_S)
        except StoreUnavailable as error:
            if isinstance(error.__cause__, ResponseError):
                return False
            raise
        return True

    async def _facts(self, name: str) -> list[int]:
        """Return one number about persistence, of each node."""
        async with asking_redis("say how it keeps its data"):
            answer: Mapping[str, Any] = await self._redis.info("persistence", **self._on_all)
        nodes = answer.values() if self._on_all else [answer]
        return [int(node.get(name, 0)) for node in nodes]
