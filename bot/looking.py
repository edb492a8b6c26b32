"""Looks again and again for what is due, for as long as the program serves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def look_every(seconds: float, look: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Look at once and then every so often until `stop` is set. Raises whatever `look` raises."""
    while not stop.is_set():
        await look()
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            continue
