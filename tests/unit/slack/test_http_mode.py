"""Requests by HTTP: what is not Slack's is refused, and a balancer learns where to send what is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.errors import SettingsInvalid
from bot.slack.http_server import HttpServer
from bot.slack.scopes import needed
from tests.fake_slack.requests import envelope, signature
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.sockets import Delivery
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


@pytest.fixture
def by_http() -> bool:
    return True


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def address(around: Surroundings) -> str:
    assert around.slack.requests is not None
    return around.slack.requests.addresses[0]


def a_mention(around: Surroundings, ana: str, general: Channel) -> str:
    said = around.slack.keep(ana, general, f"{around.slack.mention} should we fine-tune?")
    return json.dumps(around.slack.events_of(said)[-1])


@pytest.mark.parametrize(
    "headers",
    [
        lambda _: {},
        lambda body: signature(body, secret="guessed"),
        lambda body: signature(f"{body} "),
        lambda body: signature(body, at=time.time() - 301),
        lambda body: signature(body, at=time.time() + 301),
        lambda body: signature(body) | {"X-Slack-Request-Timestamp": "soon"},
        lambda body: signature(body) | {"X-Slack-Signature": "v0=é"},
    ],
    ids=["unsigned", "wrong secret", "other body", "old", "ahead", "no time", "no signature"],
)
async def test_what_slack_did_not_sign_just_now_is_refused_and_not_kept(
    around: Surroundings, session: aiohttp.ClientSession, ana: str, general: Channel, headers: Any
) -> None:
    body = a_mention(around, ana, general)
    sent = {"Content-Type": "application/json", **headers(body)}
    async with session.post(address(around), data=body, headers=sent) as answer:
        assert answer.status in (401, 500)
    assert around.inbox._once == set()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"[]", b"null", b"", b"payload=%7B"])
async def test_nonsense_is_refused(around: Surroundings, session: aiohttp.ClientSession, body: bytes) -> None:
    kind = "application/x-www-form-urlencoded" if body.startswith(b"payload") else "application/json"
    async with session.post(address(around), data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status in (400, 401)
    assert around.inbox._once == set()


async def test_a_check_that_claims_to_be_ssl_smuggles_nothing_in(
    around: Surroundings, session: aiohttp.ClientSession, ana: str, general: Channel
) -> None:
    body = json.dumps(json.loads(a_mention(around, ana, general)) | {"ssl_check": "1"})
    async with session.post(address(around), data=body, headers={"Content-Type": "application/json"}):
        pass
    assert around.inbox._once == set()


async def test_a_request_that_is_sent_again_is_answered_once(
    around: Surroundings, session: aiohttp.ClientSession, ana: str, general: Channel
) -> None:
    body = a_mention(around, ana, general)
    headers = {"Content-Type": "application/json", **signature(body)}
    for retry in ({}, {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}):
        async with session.post(address(around), data=body, headers=headers | retry) as answer:
            assert answer.status == 200
    await around.slack.reply_in(general, general.messages[0].ts)
    await around.settled()
    assert len(around.advisor.turns) == 1


async def test_slack_may_check_the_address(around: Surroundings, session: aiohttp.ClientSession) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "planted", "token": "t"})
    headers = {"Content-Type": "application/json"}
    async with session.post(address(around), data=body, headers=headers | signature(body)) as answer:
        assert (answer.status, await answer.json()) == (200, {"challenge": "planted"})
    async with session.post(address(around), data=body, headers=headers) as answer:
        assert answer.status == 401


async def test_it_is_alive_and_ready_while_redis_answers_and_only_alive_while_not(
    around: Surroundings, session: aiohttp.ClientSession
) -> None:
    base = address(around).removesuffix("/slack/events")
    for is_down, ready in ((False, 200), (True, 503), (False, 200)):
        around.store_is_down(is_down=is_down)
        async with session.get(f"{base}/health") as answer:
            assert answer.status == 200
        async with session.get(f"{base}/ready") as answer:
            assert answer.status == ready
            assert (await answer.json())["ready"] is not is_down


async def test_an_event_that_cannot_be_kept_is_answered_503_so_that_it_comes_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    assert around.slack.requests is not None
    around.store_is_down(is_down=True)
    saying = asyncio.create_task(around.slack.say(ana, general, f"{around.slack.mention} should we?"))
    await around.slack.until(lambda: 503 in around.slack.requests.statuses, "it was not refused")  # type: ignore[union-attr] # asserted above
    around.store_is_down(is_down=False)
    said = await saying
    await around.slack.reply_in(general, said.ts)


async def test_before_and_after_it_serves_nothing_is_taken_and_it_is_not_ready(
    session: aiohttp.ClientSession,
) -> None:
    async with HttpServer("127.0.0.1", 0) as server:
        base = f"http://127.0.0.1:{server.port}"
        async with session.post(f"{base}/slack/events", data="{}") as answer:
            assert answer.status == 503
        async with session.get(f"{base}/ready") as answer:
            assert answer.status == 503
        async with session.get(f"{base}/health") as answer:
            assert answer.status == 200


async def test_a_port_that_is_taken_is_said_so() -> None:
    async with HttpServer("127.0.0.1", 0) as server:
        with pytest.raises(SettingsInvalid, match="HTTP_PORT"):
            await HttpServer("127.0.0.1", server.port).__aenter__()


async def test_health_addresses_beside_a_socket_take_no_requests(session: aiohttp.ClientSession) -> None:
    """Without a signing secret anybody could sign."""
    async with serving(FakeSlack(needed())) as around, HttpServer("127.0.0.1", 0) as server:
        object.__setattr__(around.surface, "http", server)
        stop = asyncio.Event()
        running = asyncio.create_task(around.surface.run(stop))
        base = f"http://127.0.0.1:{server.port}"
        await around.slack.until(lambda: server._ask_state is not None, "it did not begin")
        body = json.dumps({"type": "url_verification", "challenge": "planted", "token": "t"})
        headers = {"Content-Type": "application/json", **signature(body)}
        async with session.post(f"{base}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 503
        stop.set()
        await running


async def test_a_delivery_is_encoded_as_slack_does() -> None:
    headers, body = envelope(Delivery("interactive", {"type": "block_actions"}, attempts=[]))
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert body.startswith("payload=")


async def test_metrics_are_never_shown_where_slack_reaches_us(session: aiohttp.ClientSession) -> None:
    async with (
        HttpServer("127.0.0.1", 0) as server,
        session.get(f"http://127.0.0.1:{server.port}/metrics") as answer,
    ):
        assert answer.status == 404
