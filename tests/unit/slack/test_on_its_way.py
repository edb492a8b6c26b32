"""What somebody sees who called a command, while a language model takes its time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.slack import words
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings, clarify, serving

ASKED = "/finetune our bot gets the tone wrong"
ANSWER = "What goes wrong today?"


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(shows_status=True) as surroundings:
        yield surroundings


async def test_they_are_told_that_the_answer_is_on_its_way_and_then_it_comes(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    around.advisor.gate.clear()
    await around.slack.command(ana, general, ASKED)
    told = await around.slack.whisper_to(ana, words.ON_ITS_WAY)
    assert told.shown == words.ON_ITS_WAY
    around.advisor.gate.set()
    answer = await around.slack.whisper_to(ana, ANSWER)
    seen = [one.ts for one in around.slack.workspace.seen_by(ana)]
    assert seen == [told.ts, answer.ts]
    assert around.slack.workspace.seen_by(ben) == []


async def test_a_quick_answer_comes_alone(around: Surroundings, ana: str, general: Channel) -> None:
    around.advisor.says = clarify()
    await around.slack.command(ana, general, ASKED)
    answer = await around.slack.whisper_to(ana, ANSWER)
    assert [one.ts for one in around.slack.workspace.seen_by(ana)] == [answer.ts]


async def test_where_slack_takes_no_such_word_the_answer_comes_all_the_same(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.advisor.gate.clear()
    around.slack.faults["response_url"].append(Refused("used_url"))
    await around.slack.command(ana, general, ASKED)
    await around.slack.until(lambda: "response_url" in dict(around.slack.calls), "nothing was tried")
    around.advisor.gate.set()
    answer = await around.slack.whisper_to(ana, ANSWER)
    assert around.slack.workspace.seen_by(ana) == [answer]
