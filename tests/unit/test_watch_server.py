from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.errors import SettingsInvalid, StoreUnavailable
from bot.metrics import Metrics
from bot.ports import InboxState
from bot.watch_server import WatchServer


async def get(server: WatchServer, path: str) -> tuple[int, str]:
    address = f"http://127.0.0.1:{server.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_before_everything_is_open_it_is_alive_and_not_ready_and_metrics_say_so() -> None:
    async with WatchServer("127.0.0.1", 0, Metrics("all")) as server:
        assert (await get(server, "/health"))[0] == 200
        assert (await get(server, "/ready"))[0] == 503
        status, text = await get(server, "/metrics")
    assert status == 200
    assert 'advisor_ready{role="all"} 0.0' in text


async def test_it_is_ready_from_when_it_serves_until_it_is_told_to_stop() -> None:
    async def state() -> InboxState:
        return InboxState(backlog=2, oldest_s=1.5, dead_letters=0)

    async with WatchServer("127.0.0.1", 0, Metrics("all")) as server:
        stop = asyncio.Event()
        serving = asyncio.create_task(server.serve(state, stop))
        await asyncio.sleep(0)
        assert (await get(server, "/ready"))[0] == 200
        assert "advisor_inbox_unfinished 2.0" in (await get(server, "/metrics"))[1]
        stop.set()
        await serving
        assert (await get(server, "/ready"))[0] == 503


async def test_a_redis_that_is_away_is_said_and_does_not_break_the_metrics() -> None:
    async def state() -> InboxState:
        raise StoreUnavailable("Redis did not say how many events wait")

    async with WatchServer("127.0.0.1", 0, Metrics("all")) as server:
        with server.ready_by(state):
            assert await get(server, "/ready") == (
                503,
                '{"ready": false, "reason": "Redis did not say how many events wait"}',
            )
            status, text = await get(server, "/metrics")
    assert status == 200
    assert 'advisor_ready{role="all"} 0.0' in text
    assert "\nadvisor_inbox_oldest_seconds " not in text


async def test_a_port_that_is_taken_is_said_with_the_settings_that_choose_it() -> None:
    async with WatchServer("127.0.0.1", 0, Metrics("all")) as server:
        with pytest.raises(SettingsInvalid, match="METRICS_PORT"):
            await WatchServer("127.0.0.1", server.port, Metrics("all")).__aenter__()
