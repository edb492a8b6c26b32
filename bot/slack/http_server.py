"""Slack's requests by HTTP, for any number of replicas behind a balancer, and what a balancer asks.

    POST /slack/events   what Slack sends; Bolt checks the signature before anything else looks at it
    GET  /health         200 while the process is alive
    GET  /ready          200 while it can do its work: everything is open and Redis answers; else 503

Until everything is open, and from the moment it is told to stop, requests are answered 503: Slack sends an
event again, and to another replica if there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from types import TracebackType
from typing import Self

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from bot.errors import SettingsInvalid, StoreUnavailable
from bot.ports import InboxState

EVENTS_PATH = "/slack/events"
FINISHES_WITHIN_S = 3.0
"""How long requests in hand may take after we were told to stop; Slack waits no longer."""

log = structlog.get_logger(__name__)


class HttpServer:
    """Listens from its beginning to its end; serves what `serve` gives it, for as long as that runs."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._app: AsyncApp | None = None
        self._state: Callable[[], Awaitable[InboxState]] | None = None
        routes = web.Application()
        routes.router.add_post(EVENTS_PATH, self._take_in)
        routes.router.add_get("/health", self._say_alive)
        routes.router.add_get("/ready", self._say_ready)
        # No access log: it would hold addresses, and Slack's requests say nothing without their bodies.
        self._runner = web.AppRunner(routes, access_log=None, shutdown_timeout=FINISHES_WITHIN_S)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsInvalid(
                f"cannot listen on {self._host}:{self._port} ({error.strerror}); set HTTP_HOST and HTTP_PORT"
            ) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """Return the port that it listens on."""
        return int(self._runner.addresses[0][1])

    async def serve(
        self, app: AsyncApp | None, state: Callable[[], Awaitable[InboxState]], stop: asyncio.Event
    ) -> None:
        """Be ready until `stop`; `app` takes what Slack sends, None where only a worker runs."""
        self._app, self._state = app, state
        try:
            await stop.wait()
        finally:
            self._app, self._state = None, None

    async def _take_in(self, request: web.Request) -> web.Response:
        if self._app is None:
            return web.Response(status=503)
        try:
            taken = await to_bolt_request(request)
        except (ValueError, AttributeError) as error:
            # Bolt reads the body before it checks the signature, so anybody can send anything.
            log.warning("request_unreadable", reason=type(error).__name__)
            return web.Response(status=400)
        try:
            return await to_aiohttp_response(await self._app.async_dispatch(taken))
        except Exception as error:  # noqa: BLE001 - the edge: whatever it is, Slack shall send it again
            log.warning("request_failed", reason=type(error).__name__)
            return web.Response(status=500)

    async def _say_alive(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _say_ready(self, _: web.Request) -> web.Response:
        if self._state is None:
            return web.json_response({"ready": False, "reason": "starting or stopping"}, status=503)
        try:
            state = await self._state()
        except StoreUnavailable as error:
            return web.json_response({"ready": False, "reason": str(error)}, status=503)
        return web.json_response({"ready": True, **asdict(state)})
