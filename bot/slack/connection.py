"""The socket to Slack, and a watch over it."""

from __future__ import annotations

import asyncio

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

PING_EVERY_S = 5
WATCH_EVERY_S = 5.0
STALE_AFTER_S = 20.0

log = structlog.get_logger(__name__)


class Connection:
    """One Socket Mode connection that comes back by itself."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token, ping_interval=PING_EVERY_S)

    async def hold(self, stop: asyncio.Event) -> None:
        """Connect, stay connected until `stop`, and close."""
        # slack_sdk's methods carry no annotations.
        connecting = asyncio.create_task(self._handler.client.connect())  # type: ignore[no-untyped-call] # as said
        watching = asyncio.create_task(self._watch())
        try:
            await stop.wait()
        finally:
            connecting.cancel()
            watching.cancel()
            await asyncio.gather(connecting, watching, return_exceptions=True)
            await self._handler.client.close()  # type: ignore[no-untyped-call] # as above

    async def _watch(self) -> None:
        """Throw away an address that does not connect.

        Slack's addresses live for seconds and slack_sdk tries the same one for ever.
        """
        client = self._handler.client
        unconnected_s = 0.0
        while True:
            await asyncio.sleep(WATCH_EVERY_S)
            if await client.is_connected():
                unconnected_s = 0.0
                continue
            unconnected_s += WATCH_EVERY_S
            if unconnected_s >= STALE_AFTER_S:
                log.warning("socket_unconnected", seconds=round(unconnected_s))
                client.wss_uri = None
                unconnected_s = 0.0
