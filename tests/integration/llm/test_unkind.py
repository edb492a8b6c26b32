"""What a hostile language model can do to an answer: nothing, even one whose word counts in full."""

from __future__ import annotations

import json

import pytest

from bot.answer import Reference
from bot.app import KNOWLEDGE
from bot.assisting import Assistant
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.explaining import Writer
from bot.hearing import SecondReader
from bot.json_reply import reply_as_json
from bot.language_model import Budgets
from bot.llm.connection import ModelAddress
from bot.llm.model import LangChainModel
from bot.plain_text import render
from bot.replies import Clarify, Recommend, Reply
from bot.slack.blocks import draw
from bot.terminal import terminal_turn
from bot.understanding.witness import GROUPS, NO_TRUST, Trust
from knowledge.prices import load_prices
from tests.fake_model.personas import HANGERS, unkind
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


def assisted(reference: Reference, server: FakeModel, trust: Trust, *, timeout_s: float = 5.0) -> Dialogue:
    address = ModelAddress(f"openai:{server.name}", server.url, server.key, timeout_s)
    prices = load_prices(KNOWLEDGE / "prices.yaml")
    model = LangChainModel(address, FakeLedger(), PLENTY, prices, lambda: NOW)
    return Dialogue(reference, Assistant(SecondReader(model, trust), Writer(model, ("OpenAI", "GPT-4o"))))


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


@pytest.mark.parametrize("lines", TALKS.values(), ids=TALKS)
@pytest.mark.parametrize("persona", unkind().values(), ids=unkind())
async def test_no_unkind_model_changes_a_verdict_or_shows_itself(
    reference: Reference, server: FakeModel, persona: object, lines: tuple[str, ...]
) -> None:
    server.answers = persona  # type: ignore[assignment]
    alone = await talk(Dialogue(reference), lines)
    replies = await talk(assisted(reference, server, NO_TRUST), lines)
    assert [verdict(one) for one in replies] == [verdict(one) for one in alone]
    assert server.requests
    for reply in replies:
        seen = shown(reply)
        assert not [trace for trace in persona.traces if trace in seen]  # type: ignore[attr-defined]


@pytest.mark.parametrize("persona", unkind().values(), ids=unkind())
async def test_even_one_that_is_trusted_in_full_shows_nothing_of_itself(
    reference: Reference, server: FakeModel, persona: object
) -> None:
    server.answers = persona  # type: ignore[assignment]
    for lines in TALKS.values():
        for reply in await talk(assisted(reference, server, BLIND_TRUST), lines):
            seen = shown(reply)
            assert not [trace for trace in persona.traces if trace in seen]  # type: ignore[attr-defined]


@pytest.mark.parametrize("persona", HANGERS.values(), ids=HANGERS)
async def test_one_that_hangs_is_not_waited_for(
    reference: Reference, server: FakeModel, persona: object
) -> None:
    server.answers = persona  # type: ignore[assignment]
    lines = TALKS["a decision"]
    alone = await talk(Dialogue(reference), lines)
    replies = await talk(assisted(reference, server, BLIND_TRUST, timeout_s=0.2), lines)
    assert [verdict(one) for one in replies] == [verdict(one) for one in alone]
    assert isinstance(replies[-1], Recommend)
    assert "by rules alone" in replies[-1].notes[0]
