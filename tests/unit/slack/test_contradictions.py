"""What contradicts a recommendation in its thread: a question with two buttons, and nothing to accept."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving

HAS_EXAMPLES = (
    "should we fine-tune? the tone is inconsistent. prompt versions were scored on 100 test cases, few-shot "
    "examples tried. 400 reviewed examples. just tell me"
)
HAS_FEW = "we only have 20 reviewed examples"


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def test_contradiction_is_asked_about_and_only_its_answer_can_be_accepted(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} {HAS_EXAMPLES}")
    recommended = await slack.reply_in(general, said.ts)
    assert "Accept" in recommended.labels
    await slack.say(ben, general, f"{slack.mention} {HAS_FEW}", said.ts)
    asked = await slack.reply_in(general, said.ts, number=2)
    assert asked.labels == ["400 reviewed examples", "20 reviewed examples", "Not sure", "Just tell me"]
    assert f"20 reviewed examples — “{HAS_FEW}”" in asked.shown
    assert "Question" not in asked.shown
    await slack.press(ben, asked, "20 reviewed examples")
    revised = await slack.reply_in(general, said.ts, number=3)
    assert "Collect reviewed examples first" in revised.shown
    assert "Accept" in revised.labels


async def test_what_was_gone_on_with_stands_above_the_buttons(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} {HAS_EXAMPLES}")
    await slack.reply_in(general, said.ts)
    await slack.say(ben, general, f"{slack.mention} {HAS_FEW}, just tell me", said.ts)
    revised = await slack.reply_in(general, said.ts, number=2)
    assert "I went on with the more careful one, 20 reviewed examples" in revised.shown
    assert "Accept" in revised.labels
