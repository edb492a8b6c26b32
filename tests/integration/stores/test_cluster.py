"""The stores on a Redis Cluster: workspaces spread over its nodes, and no step needs keys of two of them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, closing
from typing import Any

import pytest
import redis.asyncio

from bot.conversation import Place
from bot.likeness import mark
from bot.query import Query
from bot.stores import keys
from bot.stores.connection import RedisClients, open_redis
from bot.stores.decisions import RedisDecisionLog
from bot.stores.inbox import RedisInbox
from bot.visibility import Sight
from tests.integration.stores.conftest import BareRedis
from tests.integration.stores.examples import NOW, a_record
from tests.integration.stores.test_isolation import use_everything

SLOTS = 16_384
ABOVE = 10_000
"""So much further up a node listens for other nodes."""
HIGHEST_PORT = 65_535 - ABOVE


@pytest.fixture
async def ports(start_bare_redis: Callable[..., BareRedis]) -> list[int]:
    """Ports of two nodes that have formed a Cluster."""
    found = free_ports(2)
    for port in found:
        start_bare_redis("--port", str(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes")
    nodes: list[Any] = [redis.asyncio.Redis(port=port, protocol=2) for port in found]
    half = SLOTS // 2
    await nodes[0].execute_command("CLUSTER", "ADDSLOTS", *range(half))
    await nodes[1].execute_command("CLUSTER", "ADDSLOTS", *range(half, SLOTS))
    await nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", found[1])
    async with asyncio.timeout(60):
        for node in nodes:
            while (await node.execute_command("CLUSTER INFO"))["cluster_state"] != "ok":  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.05)
            await node.aclose()
    return found


@pytest.fixture
async def clients(ports: list[int]) -> AsyncIterator[RedisClients]:
    async with await open_redis(f"redis://127.0.0.1:{ports[0]}") as opened:
        yield opened


def free_ports(count: int) -> list[int]:
    """Return ports whose higher one is free, too, none of them another's."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            port = _bound(held, 0)
            if port and port <= HIGHEST_PORT and _bound(held, port + ABOVE):
                found.append(port)
    return found


def _bound(held: ExitStack, port: int) -> int:
    """Return the port that is held from now on; 0 where it is taken."""
    one = held.enter_context(closing(socket.socket()))
    try:
        one.bind(("127.0.0.1", port))
    except OSError:
        return 0
    return int(one.getsockname()[1])


async def test_all_stores_work_for_workspaces_on_different_nodes(
    clients: RedisClients, ports: list[int]
) -> None:
    teams = [f"T{number}" for number in range(6)]

    for team in teams:
        await use_everything(clients, Place(team_id=team, channel_id="C1", thread="1.2"), "extra")

    log = RedisDecisionLog(clients.quick)
    assert await log.team_ids() == teams
    for team in teams:
        listed = [record async for record in log.between(team, NOW, NOW.replace(year=2027))]
        assert [(record.place.team_id, record.id) for record in listed] == [(team, a_record().id)]
        assert [record async for record in log.to_review(team, NOW.date())] == listed
        assert [record async for record in log.matching(team, Query(words="refund"), None)] == listed
        nearest = await log.resembling(team, mark("Refunds?"), [Sight("conversation:C1")], 1)
        assert [record for _, record in nearest] == listed
    for port in ports:
        async with redis.asyncio.Redis(port=port, protocol=2, decode_responses=True) as node:
            assert await node.keys("*:decision:*")


async def test_the_inbox_works_on_a_cluster(clients: RedisClients) -> None:
    inbox = RedisInbox(clients.quick, clients.blocking)
    for number in range(3):
        assert await inbox.append(str(number), order_key="thread", once=f"Ev{number}")
    assert not await inbox.append("0", order_key="thread", once="Ev0")

    [first] = await inbox.take("w", 10, 0)
    await inbox.keep("w", [first])
    await inbox.finish(first)
    [second] = await inbox.take("w", 10, 0)
    await inbox.bury(second, "why")
    [third] = await inbox.take("w", 10, 10_000)

    assert [first.body, second.body, third.body] == ["0", "1", "2"]
    assert await inbox.backlog() == 1
    assert [letter.reason for letter in await inbox.dead_letters(10)] == ["why"]


async def test_a_markers_slot_is_the_streams(clients: RedisClients) -> None:
    cluster: Any = clients.quick  # its commands without a method of their own have no types
    slots = {
        await cluster.execute_command("CLUSTER KEYSLOT", key)
        for key in (
            keys.INBOX_EVENTS,
            keys.inbox_once("{a}"),
            keys.inbox_lane("{b}"),
            keys.INBOX_DEAD_LETTERS,
        )
    }

    assert len(slots) == 1
