"""Slack's requests by HTTP, for any number of replicas behind a balancer, and what a balancer asks.

    POST /slack/events   what Slack sends; Bolt checks the signature before anything else looks at it
    GET  /slack/install, /slack/oauth_redirect   where many workspaces are served, as `installing` says
    GET  /health, /ready as `bot.probed_server` says

Until everything is open, and from the moment it is told to stop, requests are answered 503: Slack sends an
event again, and to another replica if there is one.
"""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from bot.probed_server import AskState, ProbedServer
from bot.slack.installing import INSTALL_PATH, REDIRECT_PATH, Installing

EVENTS_PATH = "/slack/events"

log = structlog.get_logger(__name__)


class HttpServer(ProbedServer):
    """Listens from its beginning to its end; serves what `serve` gives it, for as long as that runs."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, "HTTP_HOST and HTTP_PORT")
        self._app: AsyncApp | None = None
        self._installing: Installing | None = None
        self._routes.router.add_post(EVENTS_PATH, self._take_in)
        # Whoever only looks at the address begins nothing.
        self._routes.router.add_get(INSTALL_PATH, self._install, allow_head=False)
        self._routes.router.add_get(REDIRECT_PATH, self._install, allow_head=False)

    async def serve(
        self,
        app: AsyncApp | None,
        ask_state: AskState,
        stop: asyncio.Event,
        installing: Installing | None = None,
    ) -> None:
        """Be ready until `stop`; `app` takes what Slack sends, None where only a worker runs."""
        self._app, self._installing = app, installing
        try:
            with self.ready_by(ask_state):
                await stop.wait()
        finally:
            self._app = self._installing = None

    async def _install(self, request: web.Request) -> web.Response:
        if self._installing is None:
            return web.Response(status=404 if self.is_serving else 503)
        if request.path == INSTALL_PATH:
            return await self._installing.begin(request)
        return await self._installing.finish(request)

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
