"""Every vendor's own client, against a server that speaks as the vendor does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.app import KNOWLEDGE
from bot.errors import ModelUnavailable
from bot.language_model import ProposedFact, ReadingRequest, Spender, TextToRead
from bot.llm.bounded import MOST_BYTES
from bot.llm.connection import ModelAddress, connect
from bot.llm.model import LangChainModel
from knowledge.prices import load_prices
from tests.fake_model.other_vendors import TOKENS_CACHED, TOKENS_IN, TOKENS_OUT, OtherVendors
from tests.fakes.stores import FakeLedger
from tests.integration.llm.test_model import NOW, PLENTY, READ, TODAY

ANTHROPIC, GOOGLE, OLLAMA = "anthropic:claude-haiku-5.5", "google_genai:gemini-3", "ollama:llama3"
VENDORS = pytest.mark.parametrize("name", [ANTHROPIC, GOOGLE, OLLAMA])
ANA = Spender("T1", "C1", "UANA")
REQUEST = ReadingRequest(
    (TextToRead("m1", "person 1", "We have 300 reviewed ones. Write to ana@example.com, we miss the tone."),)
)


@pytest.fixture
async def server() -> AsyncIterator[OtherVendors]:
    async with OtherVendors() as running:
        running.answer = READ
        yield running


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


async def read(name: str, server: OtherVendors, ledger: FakeLedger) -> tuple[ProposedFact, ...]:
    address = ModelAddress(name, server.url, server.key, 5.0)
    async with connect(address) as chat:
        model = LangChainModel(
            chat,
            address,
            ledger=ledger,
            budgets=PLENTY,
            prices=load_prices(KNOWLEDGE / "prices.yaml"),
            clock=lambda: NOW,
        )
        reading, _ = await model.read(REQUEST, ANA)
    return reading.facts


@VENDORS
async def test_each_vendor_gives_facts_and_counts_tokens(
    name: str, server: OtherVendors, ledger: FakeLedger
) -> None:
    facts = await read(name, server, ledger)
    assert [(fact.fact, fact.value) for fact in facts] == [("examples_n", "300"), ("gap", "behaviour")]
    workspace = (await ledger.usage([TODAY]))[0]
    assert (workspace.calls, workspace.tokens_in, workspace.tokens_out) == (1, TOKENS_IN, TOKENS_OUT)
    assert workspace.tokens_cached == (0 if name == OLLAMA else TOKENS_CACHED)


@VENDORS
async def test_each_vendor_gets_a_limit_a_schema_and_no_address(
    name: str, server: OtherVendors, ledger: FakeLedger
) -> None:
    await read(name, server, ledger)
    sent = json.dumps(server.requests[0].body)
    assert "1500" in sent
    assert '"examples_n"' in sent
    assert "300 reviewed ones" in sent
    assert "ana@example.com" not in sent


async def test_anthropic_is_told_which_part_to_keep_in_its_cache(
    server: OtherVendors, ledger: FakeLedger
) -> None:
    await read(ANTHROPIC, server, ledger)
    (instructions,) = server.requests[0].body["system"]
    assert instructions["cache_control"] == {"type": "ephemeral"}


@VENDORS
async def test_each_vendor_is_asked_once_more_when_its_server_fails(
    name: str, server: OtherVendors, ledger: FakeLedger
) -> None:
    server.failures = [503]
    assert await read(name, server, ledger)
    assert len(server.requests) == 2


@VENDORS
async def test_no_vendor_is_asked_a_third_time(name: str, server: OtherVendors, ledger: FakeLedger) -> None:
    server.failures = [503] * 5
    with pytest.raises(ModelUnavailable) as failure:
        await read(name, server, ledger)
    assert failure.value.why == "refused"
    assert server.key not in str(failure.value)
    assert len(server.requests) == 2


@VENDORS
async def test_what_no_schema_allows_is_unusable(name: str, server: OtherVendors, ledger: FakeLedger) -> None:
    server.answer = {"facts": "none"}
    with pytest.raises(ModelUnavailable) as failure:
        await read(name, server, ledger)
    assert failure.value.why == "unusable"


@VENDORS
async def test_no_vendors_server_can_fill_our_memory(
    name: str, server: OtherVendors, ledger: FakeLedger
) -> None:
    server.floods = True
    with pytest.raises(ModelUnavailable) as failure:
        await asyncio.wait_for(read(name, server, ledger), 60)
    assert failure.value.why == "refused"
    # Two tries, and what lies in the buffers between us.
    assert MOST_BYTES < sum(server.poured) < 20 * MOST_BYTES
