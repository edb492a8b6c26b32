from __future__ import annotations

import pytest

from bot.ports import TermCounts
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.term_counts import RedisTermCounts
from tests.fakes.stores import FakeTermCounts


@pytest.fixture
def counts(clients_if_needed: RedisClients | None) -> TermCounts:
    return RedisTermCounts(clients_if_needed.quick) if clients_if_needed else FakeTermCounts()


async def test_terms_are_counted_over_weeks_the_most_asked_first(counts: TermCounts) -> None:
    for week, term in (
        ("2026-W46", "LoRA"),
        ("2026-W47", "LoRA"),
        ("2026-W47", "Token"),
        ("2026-W47", "Agent"),
    ):
        await counts.count("T1", "C1", week, term)
    assert await counts.most_asked("T1", "C1", ["2026-W46", "2026-W47"], 2) == [("LoRA", 2), ("Agent", 1)]
    assert await counts.most_asked("T1", "C1", ["2026-W46"], 5) == [("LoRA", 1)]


async def test_each_channel_and_workspace_counts_for_itself(counts: TermCounts) -> None:
    await counts.count("T1", "C1", "2026-W47", "LoRA")
    assert await counts.most_asked("T1", "C2", ["2026-W47"], 5) == []
    assert await counts.most_asked("T2", "C1", ["2026-W47"], 5) == []


async def test_counts_run_out(redis_clients: RedisClients) -> None:
    await RedisTermCounts(redis_clients.quick).count("T1", "C1", "2026-W47", "LoRA")
    seconds = await redis_clients.quick.ttl(keys.term_counts("T1", "C1", "2026-W47"))
    assert 0 < seconds <= keys.TERM_COUNT_DAYS * 86_400
