from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answer import NO_SUCH_TERM
from bot.asked_terms import AskedTerms
from bot.conversation import Audience
from bot.house_rules import HouseRules
from bot.replies import Citation, Define, Definition
from bot.terminal import terminal_turn
from tests.fakes.stores import FakeChannelSettings, FakeDigestTimes, FakeTermCounts
from tests.unit.slack.surroundings import USUAL_DIGEST

NOW = datetime(2026, 11, 25, tzinfo=UTC)
WEEK = "2026-W48"


@pytest.mark.parametrize(("lead", "counted"), [("", [("LoRA", 1)]), (NO_SUCH_TERM, [])])
async def test_only_a_term_that_was_asked_for_is_counted(lead: str, counted: list[tuple[str, int]]) -> None:
    counts = FakeTermCounts()
    house = HouseRules(FakeChannelSettings(), FakeDigestTimes(), USUAL_DIGEST)
    citation = Citation(number=1, slug="lora", term="LoRA", section="What it is", text="LoRA is cheap.")
    reply = Define(definition=Definition(lead=lead, text="LoRA is cheap.", citations=(citation,)))
    turn = terminal_turn("what is LoRA?", "C1", 0, NOW)
    turn = turn.model_copy(update={"audience": Audience(kind="workspace", channel_id="C1")})
    await AskedTerms(counts, house).count(turn, reply)
    assert list(await counts.most_asked("terminal", "C1", [WEEK], 3)) == counted
