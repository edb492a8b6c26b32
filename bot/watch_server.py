"""Where whoever watches over the bot looks: a port of its own, never the one that Slack reaches.

GET  /metrics        for Prometheus
GET  /health, /ready as `bot.probed_server` says
"""

from __future__ import annotations

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.metrics import Metrics
from bot.ports import InboxState
from bot.probed_server import AskState, ProbedServer


class WatchServer(ProbedServer):
    """Listens from its beginning to its end."""

    def __init__(self, host: str, port: int, metrics: Metrics) -> None:
        super().__init__(host, port, "METRICS_HOST and METRICS_PORT")
        self._metrics = metrics
        self._routes.router.add_get("/metrics", self._say_metrics)

    async def serve(self, ask_state: AskState, stop: asyncio.Event) -> None:
        """Be ready until `stop`."""
        with self.ready_by(ask_state):
            await stop.wait()

    async def _say_metrics(self, _: web.Request) -> web.Response:
        state = await self.look()
        text = self._metrics.render(state if isinstance(state, InboxState) else None)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})
