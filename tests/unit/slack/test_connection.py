from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack import connection
from bot.slack.connection import Connection
from bot.slack.scopes import needed
from bot.slack.web import open_client
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.sockets import Delivery
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


@dataclass
class _SlowDoor:
    """Takes things in, but not before it is told to."""

    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def take_in(
        self, _request: AsyncBoltRequest, _next: Callable[[], Awaitable[BoltResponse | None]]
    ) -> BoltResponse:
        self.has_begun.set()
        await self.may_end.wait()
        return BoltResponse(status=200)


@dataclass
class _Held:
    door: _SlowDoor
    stop: asyncio.Event
    ended: asyncio.Task[None]
    call: asyncio.Task[Delivery]


@asynccontextmanager
async def _taking_in(slack: FakeSlack) -> AsyncIterator[_Held]:
    """Hold a connection over which a command is just being taken in."""
    door, stop = _SlowDoor(), asyncio.Event()
    client = open_client(slack.bot_token, slack.api_url)
    async with aiohttp.ClientSession() as session:
        client.session = session
        app = AsyncApp(client=client, signing_secret="", before_authorize=door.take_in)
        ended = asyncio.create_task(Connection(app, slack.app_token).hold(stop))
        await slack.connected()
        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        call = asyncio.create_task(slack.command(ana, general, "/finetune shall we?"))
        await door.has_begun.wait()
        yield _Held(door, stop, ended, call)
        door.may_end.set()
        await asyncio.gather(ended, call)


async def test_what_is_being_taken_in_is_acknowledged_before_the_socket_closes() -> None:
    async with FakeSlack(needed()) as slack, _taking_in(slack) as held:
        held.stop.set()
        await asyncio.wait([held.ended], timeout=0.2)
        assert not held.ended.done()
        held.door.may_end.set()
        assert (await held.call).is_acknowledged
        await held.ended
        assert slack.sockets.open == []


async def test_what_takes_too_long_does_not_keep_the_socket_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ACKNOWLEDGED_WITHIN_S", 0.05)
    async with FakeSlack(needed(), ack_within_s=0.5) as slack, _taking_in(slack) as held:
        held.stop.set()
        await held.ended
        assert not (await held.call).is_acknowledged


async def test_address_that_does_not_connect_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PING_EVERY_S", 0.05)
    monkeypatch.setattr(connection, "WATCH_EVERY_S", 0.05)
    monkeypatch.setattr(connection, "STALE_AFTER_S", 0.2)
    async with serving() as around:
        slack = around.slack
        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        slack.sockets.is_closed = True
        await slack.sockets.refresh()
        opened = [method for method, _ in slack.calls].count("apps.connections.open")
        await slack.until(
            lambda: [method for method, _ in slack.calls].count("apps.connections.open") >= opened + 2,
            "no new address was asked for",
        )
        slack.sockets.is_closed = False
        await slack.connected()
        said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
        assert (await slack.reply_in(general, said.ts)).is_ours


async def test_socket_that_slack_refreshes_comes_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    await slack.sockets.refresh()
    await slack.until(lambda: slack.sockets.connections >= 2, "the socket did not come back", timeout_s=15)
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    assert (await slack.reply_in(general, said.ts)).is_ours


async def test_socket_that_falls_silent_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PING_EVERY_S", 0.1)
    async with serving() as around:
        slack = around.slack
        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        slack.sockets.ack_within_s = 0.2
        slack.sockets.is_silent = True
        lost = slack.keep(ana, general, f"{slack.mention} should we fine-tune?")
        saying = asyncio.create_task(slack.deliver(slack.events_of(lost)[0]))
        await slack.until(lambda: slack.sockets.connections >= 2, "the socket was not replaced")
        slack.sockets.is_silent = False
        assert (await saying).is_acknowledged
        await slack.reply_in(general, lost.ts)
