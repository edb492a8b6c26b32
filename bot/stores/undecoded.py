"""Asking for bytes: our clients read every answer as text, and what is packed or compressed is none."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.client import NEVER_DECODE


async def ask_for_bytes(redis: Redis, *command: str) -> Any:
    """Return the answer to a command, its texts as bytes. Raises what Redis raises."""
    client: Any = redis  # the method has no types
    return await client.execute_command(*command, **{NEVER_DECODE: True})


def queue_for_bytes(pipeline: Pipeline, *command: str) -> None:
    """Queue a command whose answer's texts are to be bytes."""
    queue: Any = pipeline
    queue.execute_command(*command, **{NEVER_DECODE: True})
