"""People decide otherwise than was recommended, in a form."""

from __future__ import annotations

import pytest

from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.recommendations import (
    overriding,
    recommended,
    recommended_privately,
    record,
    whats,
)
from tests.unit.slack.surroundings import LEADING, Surroundings


async def test_override_says_who_decided_what_instead_and_why(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await overriding(around, ben, message)
    assert "I would show examples in the prompt" in modal.shown
    assert "Show examples in the prompt" not in modal.choices
    assert "Ask what goes wrong first" not in modal.choices
    assert len(modal.choices) == 12
    await around.slack.submit(
        modal, outcome="Use retrieval (RAG)", reason=" It must\nstay *current* <!here> "
    )
    assert not modal.is_open
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    assert f"✎ Overridden by <@{ben}> on <!date^" in message.shown
    assert ": use retrieval (RAG) — “It must stay ∗current∗ &lt;!here&gt;”" in message.shown
    assert message.labels == ["Correct this…", "Sources", "Change owner or review date…", "History"]
    change = record(around).history[-1]
    assert (change.what, change.by, change.outcome) == ("overridden", ben, "RAG")
    assert change.why == "It must\nstay *current* <!here>"
    assert record(around).current.option == LEADING.option


async def test_accepted_recommendation_can_be_overridden_and_says_so_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    modal = await overriding(around, ben, message)
    await around.slack.submit(modal, outcome="Fine-tune", reason="the vendor pays")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    assert "Accepted" not in message.shown
    assert "Accepted" not in message.text
    assert whats(around) == ["proposed", "accepted", "overridden"]


async def test_private_recommendation_is_overridden_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await overriding(around, ana, await recommended_privately(around, ana, general))
    await around.slack.submit(modal, outcome="Fine-tune", reason="the vendor pays")
    overridden = await around.slack.whisper_to(ana, "✎ Overridden by")
    assert around.slack.workspace.seen_by(ana) == [overridden]
    assert general.messages == []


async def test_of_two_who_override_the_second_is_told_privately(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    forms = [await overriding(around, user, message) for user in (ana, ben)]
    for modal in forms:
        await slack.submit(modal, outcome="Fine-tune", reason="so")
    told = await slack.whisper_to(ben, "Nothing was changed")
    assert f"<@{ana}> overrode this on" in told.text
    assert ": fine-tune." in told.text
    assert whats(around) == ["proposed", "overridden"]


async def test_overridden_recommendation_is_not_accepted_by_a_message_that_shows_it_late(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    row = list(message.blocks)
    modal = await overriding(around, ana, message)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")
    message.blocks = row
    await around.slack.press(ben, message, "Accept")
    await around.slack.whisper_to(ben, "overrode this on")
    assert message.labels == ["Correct this…", "Sources", "Change owner or review date…", "History"]
    assert whats(around) == ["proposed", "overridden"]


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"outcome": "Fine-tune"}, "reason", "Please say why"),
        ({"outcome": "Fine-tune", "reason": " \n "}, "reason", "Please say why"),
        ({"outcome": "Fine-tune", "reason": "x" * 501}, "reason", "at most 500 characters"),
        ({"reason": "so"}, "outcome", "Please pick"),
    ],
)
async def test_form_that_is_not_filled_in_stays_open_and_says_what_is_missing(
    around: Surroundings, ana: str, general: Channel, *, values: dict[str, str], field: str, says: str
) -> None:
    modal = await overriding(around, ana, await recommended(around, ana, general))
    submitted = await around.slack.submit(modal, **values)
    assert submitted.is_acknowledged
    assert [shown.is_open for shown in around.slack.views.modals] == [True]
    assert says in modal.errors[field]
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    assert not modal.is_open
    await around.settled()
    assert whats(around) == ["proposed", "overridden"]


async def test_form_stays_open_with_its_input_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    modal = await overriding(around, ana, message)
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["reason"]
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, outcome="Fine-tune", reason="so")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "the message was not updated")


async def test_no_form_is_opened_in_vain_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, message, "Override…")
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []


async def test_form_delivered_twice_counts_once(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    modal = await overriding(around, ana, await recommended(around, ana, general))
    submitted = await slack.submit(modal, outcome="Fine-tune", reason="so")
    await around.settled()
    await slack.sockets.deliver_again(submitted)
    await around.settled()
    assert whats(around) == ["proposed", "overridden"]
    assert slack.workspace.seen_by(ana) == []


async def test_press_delivered_twice_opens_one_form(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    pressed = await slack.press(ana, await recommended(around, ana, general), "Override…")
    await slack.sockets.deliver_again(pressed)
    assert len(slack.views.modals) == 1
    assert slack.workspace.seen_by(ana) == []


async def test_form_that_cannot_be_opened_is_said_to_be_so(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    message = await recommended(around, ana, general)
    slack.faults["views.open"].append(Refused("expired_trigger_id"))
    pressed = await slack.press(ana, message, "Override…")
    assert pressed.is_acknowledged
    await slack.whisper_to(ana, "I could not open that")


async def test_form_opened_by_a_copied_message_is_none(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    await around.slack.press(ana, message, "Override…", channel=other)
    assert around.slack.views.modals == []
