"""What a hostile language model can do to an answer: nothing, even one whose word counts in full."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.answer import Reference
from bot.app import KNOWLEDGE, open_evidence
from bot.assisting import Assistant
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.explaining import Writer
from bot.hearing import SecondReader
from bot.json_reply import reply_as_json
from bot.language_model import Budgets
from bot.llm.connection import ModelAddress, connect
from bot.llm.model import LangChainModel
from bot.plain_text import render
from bot.replies import Clarify, Recommend, Reply
from bot.slack.blocks import draw
from bot.terminal import terminal_turn
from bot.understanding.witness import GROUPS, NO_TRUST, Trust
from knowledge.prices import load_prices
from tests.fake_model.answers import Persona
from tests.fake_model.personas import HANGERS, Unkind, unkind
from tests.fake_model.server import FakeModel
from tests.fakes.stores import FakeLedger
from tests.integration.llm.conftest import NOW

TALKS = {
    "a decision": (
        "should we fine-tune? our support bot gets the tone wrong, 30 reviewed replies",
        "just tell me",
    ),
    "facts that change": (
        "should we fine-tune so that it knows our prices? they change daily",
        "just tell me",
    ),
    "a term": ("what is LoRA?",),
    "a format": (
        "our JSON output does not parse one time in ten, should we train it?",
        "no idea",
        "just tell me",
    ),
}
PLENTY = Budgets(10**9, 10**9, 10**9, 100.0)
BLIND_TRUST = Trust(dict.fromkeys(GROUPS, 100.0), dict.fromkeys(GROUPS, 0.05))


@asynccontextmanager
async def assisted(
    reference: Reference, server: FakeModel, trust: Trust, *, timeout_s: float = 5.0
) -> AsyncIterator[Dialogue]:
    address = ModelAddress(f"openai:{server.name}", server.url, server.key, timeout_s)
    prices = load_prices(KNOWLEDGE / "prices.yaml")
    async with connect(address) as chat:
        model = LangChainModel(
            chat, address, ledger=FakeLedger(), budgets=PLENTY, prices=prices, clock=lambda: NOW
        )
        assistant = Assistant(SecondReader(model, trust), Writer(model, open_evidence()))
        yield Dialogue(reference, assistant)


async def talk(dialogue: Dialogue, lines: tuple[str, ...]) -> list[Reply]:
    conversation: Conversation | None = None
    replies: list[Reply] = []
    for number, line in enumerate(lines):
        turn = terminal_turn(line, "talk", number, NOW)
        answered = await dialogue.answer(turn, conversation)
        conversation = answered.conversation or conversation
        replies.append(answered.reply)
    return replies


def shown(reply: Reply) -> str:
    """Return everything that anybody may see of a reply: terminal, scripts, and Slack."""
    place = terminal_turn("", "talk", 0, NOW).place
    blocks = [block.to_dict() for message in draw(reply, place, is_private=False) for block in message.blocks]
    return "\n".join(
        (
            render(reply),
            json.dumps(reply_as_json(reply), ensure_ascii=False),
            json.dumps(blocks, ensure_ascii=False),
        )
    )


def verdict(reply: Reply) -> object:
    if isinstance(reply, Recommend | Clarify):
        return reply.reply, reply.leading, [(one.fact, one.value) for one in reply.heard]
    return reply.reply


@pytest.fixture(scope="module")
def alone(reference: Reference) -> dict[str, list[Reply]]:
    """What is answered without a model."""
    return {name: asyncio.run(talk(Dialogue(reference), lines)) for name, lines in TALKS.items()}


@pytest.mark.parametrize("persona", unkind().values(), ids=unkind())
async def test_no_unkind_model_changes_a_verdict_or_shows_itself(
    reference: Reference, server: FakeModel, alone: dict[str, list[Reply]], persona: Unkind
) -> None:
    server.answers = persona
    async with assisted(reference, server, NO_TRUST) as dialogue:
        for name, lines in TALKS.items():
            replies = await talk(dialogue, lines)
            assert [verdict(one) for one in replies] == [verdict(one) for one in alone[name]]
            assert not [trace for trace in persona.traces for reply in replies if trace in shown(reply)]
    assert server.requests


@pytest.mark.parametrize("persona", unkind().values(), ids=unkind())
async def test_even_one_that_is_trusted_in_full_shows_nothing_of_itself(
    reference: Reference, server: FakeModel, persona: Unkind
) -> None:
    server.answers = persona
    async with assisted(reference, server, BLIND_TRUST) as dialogue:
        for lines in TALKS.values():
            for reply in await talk(dialogue, lines):
                seen = shown(reply)
                assert not [trace for trace in persona.traces if trace in seen]


@pytest.mark.parametrize("persona", HANGERS.values(), ids=HANGERS)
async def test_one_that_hangs_is_not_waited_for(
    reference: Reference, server: FakeModel, alone: dict[str, list[Reply]], persona: Persona
) -> None:
    server.answers = persona
    async with assisted(reference, server, BLIND_TRUST, timeout_s=0.2) as dialogue:
        replies = await talk(dialogue, TALKS["a decision"])
    assert [verdict(one) for one in replies] == [verdict(one) for one in alone["a decision"]]
    assert isinstance(replies[-1], Recommend)
    assert "arranged this answer by rules alone" in " ".join(replies[-1].notes)
