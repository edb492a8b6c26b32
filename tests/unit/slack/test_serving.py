from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, serving


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving() as surroundings:
        yield surroundings


@pytest.fixture
def ana(around: Surroundings) -> str:
    return around.slack.add_user("ana")


@pytest.fixture
def ben(around: Surroundings) -> str:
    return around.slack.add_user("ben")


@pytest.fixture
def general(around: Surroundings, ana: str, ben: str) -> Channel:
    return around.slack.add_channel("general", {ana, ben})


async def test_mention_is_answered_in_a_thread_under_it(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we fine-tune?")
    question = await around.slack.reply_in(general, said.ts)
    assert "What goes wrong today?" in question.shown
    assert question.labels == [
        "It breaks the format",
        "Too slow or too costly",
        "Not sure",
        "Just tell me",
    ]
    assert around.advisor.turns[0].text == "should we fine-tune?"


async def test_dialogue_by_buttons_and_by_words_ends_in_a_recommendation(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    first = await slack.reply_in(general, said.ts)
    await slack.press(ana, first, "It breaks the format")
    second = await slack.reply_in(general, said.ts, number=2)
    assert first.text == "✓ What goes wrong today? — It breaks the format"
    assert first.labels == []
    await slack.say(ana, general, "we only tried examples", said.ts)
    third = await slack.reply_in(general, said.ts, number=3)
    assert second.labels[:3] == ["Examples in the prompt", "Retrieval (RAG)", "Done"]
    assert "Show examples in the prompt" in third.shown
    assert [turn.picked for turn in around.advisor.turns] == [(), ("format",), ()]
    assert around.advisor.turns[2].text == "we only tried examples"
