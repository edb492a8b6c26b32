"""People set right what was heard, in a form, and the recommendation follows."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack.workspace import Channel
from tests.unit.slack.corrected import (
    COLLECT,
    FINE_TUNE,
    correcting,
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


async def test_form_shows_what_was_heard_with_its_words_and_what_would_tell_most(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    fields = {block["block_id"]: block for block in modal.view["blocks"] if block["type"] == "input"}
    assert fields["examples_n"]["element"]["initial_value"] == "400"
    assert fields["examples_n"]["hint"]["text"] == "From “We have 400 reviewed replies”"
    assert fields["failure_mode"]["element"]["initial_option"]["text"]["text"] == "Its style is inconsistent"
    assert fields["failure_mode"]["hint"]["text"] == "From “gets the tone wrong”"
    unknown = list(fields)[list(fields).index("tried_prompting") + 1 :]
    assert unknown[0] == "eval_set_n"
    assert {"data_rights", "base_tunable"} <= set(unknown)
    assert all(field["optional"] for field in fields.values())


async def test_correction_revises_the_record_updates_the_message_and_says_who_it_was(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ben, message)
    await around.slack.submit(modal, examples_n="about 20")
    assert not modal.is_open
    await is_shown(around, message, COLLECT)
    assert "about 20 reviewed examples _(corrected)_ — “about 20”" in message.shown
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert line.text.startswith(f"✎ <@{ben}> corrected: 400 reviewed examples → about 20 reviewed examples.")
    assert f"Now: *{COLLECT}*" in line.text
    assert [change.what for change in record(around).history] == ["proposed", "revised"]
    assert record(around).history[-1].by == ben
    assert record(around).history[-1].why == "400 reviewed examples → about 20 reviewed examples"
    assert heard(around)["examples_n"][1] == "form"


async def test_what_is_not_so_is_really_gone(around: Surroundings, ana: str, general: Channel) -> None:
    message = await recommended(around, ana, general)
    modal = await correcting(around, ana, message)
    await around.slack.submit(modal, examples_n="", examples_at_hand="Not so, or not known", data_quality="")
    await around.settled()
    assert not heard(around).keys() & {"examples_n", "examples_at_hand", "data_quality"}
    assert "400 reviewed examples" not in message.shown
    again = await correcting(around, ana, message)
    assert "400" not in again.shown


async def test_amounts_are_read_as_in_messages_and_what_says_nothing_stays_open(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    await around.slack.submit(modal, examples_n="lots", eval_set_n="3k")
    assert set(modal.errors) == {"examples_n"}
    assert "Try 300, a couple hundred, or 3k" in modal.errors["examples_n"]
    await around.slack.submit(modal, examples_n="a couple hundred", eval_set_n="3k")
    assert not modal.is_open
    await around.settled()
    assert values(record(around))["eval_set_n"] == 3_000
    assert heard(around)["eval_set_n"] == (3_000, "form")


async def test_form_that_changes_nothing_says_so(around: Surroundings, ana: str, general: Channel) -> None:
    modal = await correcting(around, ana, await recommended(around, ana, general))
    await around.slack.submit(modal)
    assert modal.is_open
    assert "Nothing is changed yet" in str(modal.errors)
    assert await around.inbox.backlog() == 0


async def test_accepted_recommendation_is_superseded_by_a_correction(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    await slack.press(ana, message, "Accept")
    await is_shown(around, message, "✓ Accepted by")
    await slack.submit(await correcting(around, ben, message), examples_n="20")
    await is_shown(around, message, COLLECT)
    old, new = around.log.kept.values()
    assert (old.status, old.superseded_by) == ("superseded", new.id)
    assert (new.status, new.supersedes) == ("proposed", old.id)
    assert "✓ Accepted by" not in message.shown
    assert f"decision {new.id}, in place of {old.id}" in message.shown
    line = await slack.reply_in(general, message.thread_ts, number=3)
    assert f"This is {new.id} now, in place of {old.id}." in line.text
    # The message leads to the new one from now on, and only its beginning was worth a word.
    await slack.submit(await correcting(around, ben, message), examples_n="30")
    again = await slack.reply_in(general, message.thread_ts, number=4)
    assert "in place of" not in again.text
    await slack.press(ben, message, "Accept")
    await is_shown(around, message, f"✓ Accepted by <@{ben}>")
    assert around.log.kept["T0FAKE", new.id].status == "accepted"


async def test_private_recommendation_is_corrected_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended_privately(around, ana, general)
    await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    corrected = await around.slack.whisper_to(ana, COLLECT)
    await around.settled()
    assert around.slack.workspace.seen_by(ana) == [corrected]
    assert general.messages == []
    assert record(around).audience.kind == "person"


async def test_shared_recommendation_is_corrected_in_place_and_says_still_whose_it_is(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Share")
    await around.slack.whisper_to(ana, "Shared in the channel")
    shared = await around.slack.reply_in(general)
    await around.slack.submit(await correcting(around, ben, shared), examples_n="20")
    await is_shown(around, shared, COLLECT)
    assert shared.shown.startswith(f"<@{ana}> asked, and shares my answer: “should we fine-tune?")
    assert shared.labels[-1] == "Sources"
    line = await around.slack.reply_in(general, shared.ts, number=2)
    assert line.text.startswith(f"✎ <@{ben}> corrected:")


async def test_recommendation_that_was_kept_to_oneself_stays_so_when_it_is_corrected(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Keep to myself")
    kept = await around.slack.whisper_to(ana, "Kept to yourself")
    await around.slack.submit(await correcting(around, ana, kept), examples_n="20")
    corrected = await around.slack.whisper_to(ana, COLLECT)
    assert "Kept to yourself" in corrected.shown
    assert "Share" not in corrected.labels


async def test_thread_hears_whether_what_was_set_right_changes_the_recommendation(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.submit(await correcting(around, ben, message), examples_n="4000")
    line = await around.slack.reply_in(general, message.thread_ts, number=3)
    assert f"Still: *{FINE_TUNE}*" in line.text


async def test_recommendation_in_a_direct_message_is_corrected_without_a_line_below(
    around: Surroundings, ana: str
) -> None:
    direct = around.slack.add_channel("ana", {ana}, kind="im")
    message = await recommended(around, ana, direct)
    await around.slack.submit(await correcting(around, ana, message), examples_n="20")
    await is_shown(around, message, COLLECT)
    await around.settled()
    assert len(around.slack.workspace.ours(direct.id)) == 2
