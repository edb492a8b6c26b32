"""People say whether an answer helped, and why not."""

from __future__ import annotations

import pytest

from bot.feedback import Feedback
from bot.replies import Citation, Define, Definition
from tests.fake_slack.faults import Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

UNDER = ["Correct this…", "Accept", "Override…", "Sources"]


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} should we fine-tune?")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    return await slack.reply_in(channel, said.ts, number=2)


def kept(around: Surroundings) -> list[Feedback]:
    return list(around.feedback.kept.values())


async def unhelpful(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.rate(user, message, is_helpful=False)
    return await around.slack.modal_of(user)


async def test_helpful_is_kept_and_thanked_for_privately(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.rate(ben, message, is_helpful=True)
    await around.slack.whisper_to(ben, "Thank you")
    (feedback,) = kept(around)
    assert (feedback.about, feedback.by, feedback.verdict) == (DECISION_ID, ben, "helpful")
    assert (feedback.team_id, feedback.channel_id) == ("T0FAKE", general.id)
    assert around.slack.views.modals == []
    assert around.slack.workspace.seen_by(ana) == []
    assert len(around.log.kept["T0FAKE", DECISION_ID].history) == 1


async def test_unhelpful_opens_a_form_and_the_reason_is_kept(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    before = message.shown
    modal = await unhelpful(around, ben, message)
    assert "nobody else here does" in modal.shown
    await around.slack.submit(modal, reason=" it ignores our <tests> ")
    assert not modal.is_open
    await around.slack.whisper_to(ben, "Thank you")
    (feedback,) = kept(around)
    assert (feedback.verdict, feedback.reason) == ("not_helpful", "it ignores our <tests>")
    # Nobody else sees any of it.
    assert message.shown == before
    assert around.slack.workspace.seen_by(ana) == []


async def test_verdict_counts_also_when_nobody_gives_a_reason(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await unhelpful(around, ana, await recommended(around, ana, general))
    await around.settled()
    (feedback,) = kept(around)
    assert (feedback.verdict, feedback.reason) == ("not_helpful", "")
    assert around.slack.workspace.seen_by(ana) == []


async def test_press_and_form_that_come_twice_count_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    pressed = await slack.rate(ana, await recommended(around, ana, general), is_helpful=False)
    await slack.sockets.deliver_again(pressed)
    assert len(slack.views.modals) == 1
    submitted = await slack.submit(await slack.modal_of(ana), reason="too long")
    await slack.sockets.deliver_again(submitted)
    await slack.sockets.deliver_again(pressed)
    await around.settled()
    (feedback,) = kept(around)
    assert feedback.reason == "too long"
    assert len(slack.workspace.seen_by(ana)) == 1


async def test_two_people_have_two_opinions(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    await around.slack.rate(ana, message, is_helpful=True)
    await around.slack.rate(ben, message, is_helpful=False)
    await around.settled()
    assert {one.by: one.verdict for one in kept(around)} == {ana: "helpful", ben: "not_helpful"}


@pytest.mark.parametrize("reason", ["", "  \n", "?!", "x" * 1001])
async def test_form_without_a_reason_stays_open(
    around: Surroundings, ana: str, general: Channel, reason: str
) -> None:
    modal = await unhelpful(around, ana, await recommended(around, ana, general))
    await around.slack.submit(modal, reason=reason)
    assert modal.is_open
    assert "Please say in a few words" in modal.errors["reason"]


async def test_form_opens_and_stays_open_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    modal = await unhelpful(around, ana, message)
    await around.slack.submit(modal, reason="too long")
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["reason"]
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, reason="too long")
    await around.slack.whisper_to(ana, "Thank you")
    assert [one.reason for one in kept(around)] == ["too long"]


async def test_verdict_counts_where_no_form_can_be_opened(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await recommended(around, ana, general)
    around.slack.faults["views.open"].append(Refused("expired_trigger_id"))
    await around.slack.rate(ana, message, is_helpful=False)
    await around.slack.whisper_to(ana, "I could not open that")
    await around.settled()
    assert [one.verdict for one in kept(around)] == ["not_helpful"]


async def test_workspace_that_refuses_the_buttons_gets_plainer_ones(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    question = await slack.reply_in(general, said.ts)
    slack.faults["chat.postMessage"].append(Refused("invalid_blocks"))
    await slack.press(ana, question, "Just tell me")
    message = await slack.reply_in(general, said.ts, number=2)
    assert message.labels == [*UNDER, "Helpful", "Not helpful"]
    await slack.press(ana, message, "Not helpful")
    await slack.submit(await slack.modal_of(ana), reason="too long")
    await slack.whisper_to(ana, "Thank you")
    assert [(one.verdict, one.reason) for one in kept(around)] == [("not_helpful", "too long")]
    # It is asked once only.
    posts = len([method for method, _ in slack.calls if method == "chat.postMessage"])
    await slack.say(ana, general, f"{slack.mention} and now?", said.ts)
    await slack.reply_in(general, said.ts, number=3)
    assert len([method for method, _ in slack.calls if method == "chat.postMessage"]) == posts + 1


async def test_other_refusals_are_not_taken_for_that_one(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    question = await slack.reply_in(general, said.ts)
    slack.faults["chat.postMessage"].append(Refused("fatal_error"))
    await slack.press(ana, question, "Just tell me")
    message = await slack.reply_in(general, said.ts, number=2)
    assert message.labels == UNDER


async def test_explanation_is_rated_by_its_term(around: Surroundings, ana: str, general: Channel) -> None:
    cited = Citation(number=1, slug="lora", term="LoRA", section="What it is", text="Small matrices.")
    definition = Definition(text="Small matrices. [1]", citations=(cited,))
    around.advisor.instead.append(Define(definition=definition))
    await around.slack.command(ana, general, "/finetune what is LoRA?")
    explained = await around.slack.whisper_to(ana, "Small matrices")
    await around.slack.rate(ana, explained, is_helpful=True)
    await around.slack.whisper_to(ana, "Thank you")
    assert [one.about for one in kept(around)] == ["term:lora"]


async def test_message_copied_to_another_channel_is_not_rated_there(
    around: Surroundings, ana: str, general: Channel
) -> None:
    other = around.slack.add_channel("other", {ana})
    message = await recommended(around, ana, general)
    message.channel_id = other.id
    await around.slack.rate(ana, message, is_helpful=False)
    await around.settled()
    assert kept(around) == []
    assert around.slack.views.modals == []


async def test_failure_to_keep_is_apologised_for_with_a_reference(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise ZeroDivisionError

    message = await recommended(around, ana, general)
    monkeypatch.setattr(around.feedback, "keep", stumble)
    await around.slack.rate(ana, message, is_helpful=True)
    told = await around.slack.whisper_to(ana, "Please try again later")
    assert "reference `" in told.text
    assert "ZeroDivision" not in told.text
