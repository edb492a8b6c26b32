"""Chroma away: the policy answers all the same, and says what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answer import NO_PASSAGES, Reference
from bot.app import KNOWLEDGE
from bot.dialogue import Dialogue
from bot.plain_text import render
from bot.terminal import terminal_turn
from knowledge.prices import load_prices
from knowledge.providers import load_providers
from tests.fakes.passages import PassagesAway

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "should we fine-tune? our bot makes up facts about our products. just tell me",
            "Retrieve the facts",
        ),
        ("should we fine-tune our support assistant?", "(1 of at most 3)"),
        ("what is LoRA?", NO_PASSAGES),
    ],
)
async def test_without_passages_it_still_answers(said: str, shown: str) -> None:
    reference = Reference(
        PassagesAway(), load_prices(KNOWLEDGE / "prices.yaml"), load_providers(KNOWLEDGE / "providers.yaml")
    )
    answered = await Dialogue(reference).answer(terminal_turn(said, "session", 0, NOW), None)
    assert shown in render(answered.reply)
    if answered.reply.reply == "recommend":
        assert NO_PASSAGES in render(answered.reply)
        assert answered.reply.citations == ()
