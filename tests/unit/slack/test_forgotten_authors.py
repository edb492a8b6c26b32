"""Whoever wrote a message that others asked about is forgotten with its words, wherever the answer went."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.erasure import ErasePerson, concerns, erased
from bot.slack.shortcuts import ASK
from tests.fake_slack.workspace import TEAM_ID, Channel
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving

WORDS = "Zebras and Kiel."


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def test_an_answer_about_a_message_forgets_whoever_wrote_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await slack.use_shortcut(ana, slack.keep(ben, general, WORDS), ASK)
    await slack.press(ana, await slack.whisper_to(ana, "Question 1"), "Just tell me")
    await slack.until(lambda: bool(around.log.kept), "nothing was kept")
    (record,) = around.log.kept.values()
    (conversation,) = around.conversations.kept.values()
    assert record.context_by == conversation.question_by == ben
    assert "Zebras" in record.context

    forget = ErasePerson(TEAM_ID, "operator", record.decided_at + timedelta(days=1), ben)

    assert concerns(conversation, forget)
    left = erased(record, forget)
    assert (left.context, left.owner) == ("", ana)
    assert ben not in left.model_dump_json()
