from __future__ import annotations

import asyncio

import pytest

from bot.slack import connection
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


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
        await slack.reply_in(general, said.ts)


async def test_socket_that_slack_refreshes_comes_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    await slack.sockets.refresh()
    await slack.until(lambda: slack.sockets.connections >= 2, "the socket did not come back", timeout_s=15)
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)


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
