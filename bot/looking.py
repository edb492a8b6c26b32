"""Looks again and again for what is due, for as long as the program serves, whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import structlog

from bot.errors import BotError

log = structlog.get_logger(__name__)


async def look_every(seconds: float, look: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Look at once and then every so often until `stop` is set. Raises whatever `look` raises."""
    while not stop.is_set():
        await look()
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            continue


@contextmanager
def going_on(event: str, **what: str) -> Iterator[None]:
    """Log what goes wrong inside, and go on: it is tried again at the next look."""
    try:
        yield
    except BotError as error:
        log.warning(event, reason=str(error), **what)
    except Exception as error:  # noqa: BLE001 - the edge: a surprise may not end the program
        log.warning(event, reason=type(error).__name__, **what)
