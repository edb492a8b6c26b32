from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.fake_model.answers import says
from tests.fake_model.server import FakeModel

ADDRESS = "ana.lopez@example.com"
ASKED = f"what is LoRA, as {ADDRESS} calls it?"


class Collector:
    """A server that takes whatever it is sent."""

    def __init__(self) -> None:
        self.url = ""
        self.paths: set[str] = set()
        self.received = b""

    async def take(self, request: web.Request) -> web.Response:
        self.received += await request.read()
        self.paths.add(request.path)
        return web.json_response({})


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    made = Collector()
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


LANGSMITH = {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "planted"}


@pytest.mark.parametrize(
    ("switch", "path"),
    [
        ({}, "/runs/multipart"),
        ({"LANGSMITH_OTEL_ENABLED": "true", "LANGSMITH_OTEL_ONLY": "true"}, "/v1/traces"),
    ],
    ids=["LangSmith", "OpenTelemetry"],
)
async def test_traces_go_where_the_standard_variables_say_and_hold_no_address(
    server: FakeModel, collector: Collector, tmp_path: Path, switch: dict[str, str], path: str
) -> None:
    server.answers = lambda _: says({"is_covered": True, "points": []})
    where = {"LANGSMITH_ENDPOINT": collector.url, "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"DATA_DIR": str(tmp_path), **server.environment, **LANGSMITH, **where, **switch}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ask", ASKED, env={**kept, **settings}, stdout=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() == 0
    assert path in collector.paths
    assert b"EMAIL_1" in collector.received
    assert ADDRESS.encode() not in collector.received
