"""The socket to Slack, and a watch over it."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

PING_EVERY_S = 5
WATCH_EVERY_S = 5.0
STALE_AFTER_S = 20.0
ACKNOWLEDGED_WITHIN_S = 1.0
"""How long a socket that is to be closed waits for what is being taken in."""

log = structlog.get_logger(__name__)


class _Handler(AsyncSocketModeHandler):
    """Bolt's own, but it closes only when everything that it took in is acknowledged.

    Else Slack would tell people that a press failed which is kept, and will be answered.
    """

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token, ping_interval=PING_EVERY_S)
        self._taking_in = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._is_closing = False

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as Bolt's
        """Take one thing in and acknowledge it; once closing, leave it to Slack to send it elsewhere."""
        if self._is_closing:
            return
        self._taking_in += 1
        self._is_idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._taking_in -= 1
            if not self._taking_in:
                self._is_idle.set()

    async def close(self) -> None:
        """Close in order."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN_S):
                # The next one may come before we are told that the last one is done.
                while self._taking_in:
                    await self._is_idle.wait()
        self._is_closing = True
        await self.client.close()  # type: ignore[no-untyped-call] # slack_sdk's methods carry no annotations


class Connection:
    """One Socket Mode connection that comes back by itself."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = _Handler(app, app_token)

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
            await self._handler.close()

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
