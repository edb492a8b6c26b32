"""An HTTP server that says how this process is.

GET  /health         200 while the process is alive
GET  /ready          200 while it can do its work: everything is open and Redis answers; else 503
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.errors import SettingsInvalid, StoreUnavailable
from bot.ports import InboxState

FINISHES_WITHIN_S = 3.0
"""How long requests in hand may take after we were told to stop; Slack waits no longer."""

AskState = Callable[[], Awaitable[InboxState]]


class ProbedServer:
    """Listens from its beginning to its end. `settings` names those that say where, for an error."""

    def __init__(self, host: str, port: int, settings: str) -> None:
        self._host = host
        self._port = port
        self._settings = settings
        self._ask_state: AskState | None = None
        self._routes = web.Application()
        self._routes.router.add_get("/health", self._say_alive)
        self._routes.router.add_get("/ready", self._say_ready)
        # No access log: it would hold addresses, and Slack's requests say nothing without their bodies.
        self._runner = web.AppRunner(self._routes, access_log=None, shutdown_timeout=FINISHES_WITHIN_S)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsInvalid(
                f"cannot listen on {self._host}:{self._port} ({error.strerror}); set {self._settings}"
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

    @property
    def is_serving(self) -> bool:
        """Say whether it is neither starting nor stopping."""
        return self._ask_state is not None

    @contextmanager
    def ready_by(self, ask_state: AskState) -> Iterator[None]:
        """Be ready meanwhile, whenever the inbox can say its state."""
        self._ask_state = ask_state
        try:
            yield
        finally:
            self._ask_state = None

    async def look(self) -> InboxState | str:
        """Return how far behind we are, or why we are not ready."""
        if self._ask_state is None:
            return "starting or stopping"
        try:
            return await self._ask_state()
        except StoreUnavailable as error:
            return str(error)

    async def _say_alive(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _say_ready(self, _: web.Request) -> web.Response:
        state = await self.look()
        if isinstance(state, str):
            return web.json_response({"ready": False, "reason": state}, status=503)
        return web.json_response({"ready": True, **asdict(state)})
