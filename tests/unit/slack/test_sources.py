"""People look at the sources of a recommendation."""

from __future__ import annotations

from bot.record import UsedPassage
from tests.fake_slack.workspace import Channel
from tests.unit.slack.recommendations import (
    recommended,
    recommended_privately,
    record,
    sources,
)
from tests.unit.slack.surroundings import DECISION_ID, Surroundings


async def test_sources_are_shown_in_full(around: Surroundings, ana: str, ben: str, general: Channel) -> None:
    message = await recommended(around, ana, general)
    shown = await sources(around, ben, message)
    assert "[1] *Few-shot prompting* — What it is\n“Examples in the prompt.”" in shown
    assert await around.inbox.backlog() == 0


async def test_sources_of_a_private_and_decided_recommendation_are_shown(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Accept")
    message = await around.slack.whisper_to(ana, "✓ Accepted by")
    assert "Few-shot prompting" in await sources(around, ana, message)


async def test_sources_whose_words_are_kept_no_more_are_named(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    used = UsedPassage(slug="few-shot", section="What it <is>", distance=0.2)
    revision = record(around).current.model_copy(update={"passages": (used,)})
    kept = record(around).model_copy(update={"revisions": (revision,)})
    around.log.kept["T0FAKE", DECISION_ID] = kept
    shown = await sources(around, ana, message)
    assert "only where they stand" in shown
    assert "• few-shot — What it &lt;is&gt;" in shown


async def test_sources_that_are_kept_nowhere_are_said_to_be_gone(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    around.log.kept.clear()
    assert "I no longer have the sources" in await sources(around, ana, message)


async def test_sources_of_another_channel_are_not_shown_here(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.conversations.kept.clear()
    elsewhere = record(around).place.model_copy(update={"channel_id": "C0ELSEWHERE"})
    around.log.kept["T0FAKE", DECISION_ID] = record(around).model_copy(update={"place": elsewhere})
    assert "I no longer have the sources" in await sources(around, ana, message)


async def test_sources_are_not_pretended_to_be_gone_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, "Sources")
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []
