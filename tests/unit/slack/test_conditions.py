"""People confirm or deny a condition with one tap, and read a recommendation in full."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.slack import corrections, recommendation_blocks
from tests.fake_slack.workspace import Channel
from tests.unit.slack.corrected import (
    FINE_TUNE,
    MAY_NOT_TRAIN,
    MAY_TRAIN,
    heard,
    is_shown,
    recommended,
    recommended_privately,
    record,
    values,
)
from tests.unit.slack.surroundings import RealAdvisor, Surroundings, serving


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


async def test_confirmed_condition_becomes_a_fact_and_its_buttons_go(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    assert MAY_TRAIN in message.labels
    await around.slack.press(ben, message, MAY_TRAIN)
    await is_shown(around, message, "you may train on the data _(picked)_")
    assert MAY_TRAIN not in message.labels
    assert heard(around)["data_rights"] == ("ok", "button")
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert line.text.startswith(f"✎ <@{ben}> corrected: you may train on the data.")
    assert record(around).current.conditions != record(around).revisions[0].conditions


async def test_denied_condition_changes_the_recommendation(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, MAY_NOT_TRAIN)
    await is_shown(around, message, "Not by training: the data may not be used for it")
    assert values(record(around))["data_rights"] == "restricted"


async def test_condition_pressed_twice_or_by_two_counts_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    first = list(message.blocks)
    pressed = await slack.press(ana, message, MAY_TRAIN)
    await around.settled()
    await slack.sockets.deliver_again(pressed)
    message.blocks = first
    await slack.press(ben, message, MAY_NOT_TRAIN)
    told = await slack.whisper_to(ben, "I left it as it is")
    assert f"<@{ana}> said you may train on the data" in told.text
    assert heard(around)["data_rights"] == ("ok", "button")
    assert len(record(around).revisions) == 2
    # A message that did not show it shows it now.
    assert MAY_TRAIN not in message.labels


async def test_condition_is_not_taken_in_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I can't remember anything right now")
    assert MAY_TRAIN in message.labels


@pytest.mark.parametrize("is_kept", [True, False])
async def test_details_show_in_full_what_the_message_has_no_room_for(
    around: Surroundings,
    ana: str,
    general: Channel,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_kept: bool,
) -> None:
    monkeypatch.setattr(recommendation_blocks, "MOST_REASONS", 1)
    message = await recommended(around, ana, general)
    *_, last_reason = record(around).current.rationale
    assert last_reason not in message.shown
    assert "… and 1 more in *Details*" in message.shown
    if not is_kept:
        around.conversations.kept.clear()
    await around.slack.press(ana, message, "Details")
    assert last_reason in (await around.slack.modal_of(ana)).shown


async def test_details_of_what_one_person_was_shown_are_nobody_elses(
    around: Surroundings, ana: str, ben: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendation_blocks, "MOST_REASONS", 1)
    message = await recommended_privately(around, ana, general)
    await around.slack.press(ben, message, "Details")
    modal = await around.slack.modal_of(ben)
    assert "I no longer have this decision" in modal.shown
    assert FINE_TUNE not in modal.shown


async def test_condition_that_the_policy_asks_no_more_changes_nothing(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await recommended(around, ana, general)
    monkeypatch.setattr(corrections, "confirmation_of", lambda _id: None)
    await around.slack.press(ana, message, MAY_TRAIN)
    await around.slack.whisper_to(ana, "I no longer ask that")
    assert len(record(around).revisions) == 1
