"""An earlier decision on a similar question: who is reminded of it, and how it is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.record import DecisionRecord
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.integration.stores.examples import ACCEPTED, PLACE, a_record, changed
from tests.unit.slack.recommendations import record, whats
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

EARLIER_ID = "D-0000000007"
SECRET = "zebra"
ASKED = "should we fine-tune for refund letters?"


async def keep_earlier(
    around: Surroundings, audience: Audience, context: str = f"Fine-tune for {SECRET} refund letters?"
) -> DecisionRecord:
    decided = changed(a_record(7, team_id=TEAM_ID, context=context), ACCEPTED)
    place = PLACE.model_copy(update={"team_id": TEAM_ID, "channel_id": audience.channel_id})
    earlier = decided.model_copy(
        update={
            "audience": audience,
            "place": place,
            "status": "accepted",
            "decided_at": datetime(2026, 5, 12, tzinfo=UTC),
            "link": "https://fake.slack.com/archives/C1/p1",
        }
    )
    await around.log.save(earlier)
    return earlier


async def asked_in(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} {ASKED}")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    return await slack.reply_in(channel, said.ts, number=2)


async def asked_privately(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, f"/finetune {ASKED}")
    await around.slack.press(user, await around.slack.whisper_to(user, "What goes wrong"), "Just tell me")
    return await around.slack.whisper_to(user, "Put ten examples into the prompt")


async def test_people_are_reminded_of_what_was_decided_in_their_channel(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    message = await asked_in(around, ana, general)
    assert "On 12 May 2026 you decided on a similar question" in message.shown
    assert f"<https://fake.slack.com/archives/C1/p1|{EARLIER_ID}>. What changed?" in message.shown
    assert message.labels[-4:] == ["Accept", "Keep the earlier decision", "Override…", "Sources"]


async def test_one_tap_keeps_the_earlier_decision_and_takes_the_new_one_back(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    earlier = await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    message = await asked_in(around, ana, general)
    await around.slack.press(ben, message, "Keep the earlier decision")
    await around.slack.until(lambda: "stands: kept by" in message.shown, "the message was not updated")
    assert f"↩ {EARLIER_ID} stands: kept by <@{ben}>" in message.shown
    assert message.labels == ["Sources", "History"]
    kept = record(around)
    assert (kept.status, kept.kept_instead) == ("withdrawn", EARLIER_ID)
    assert (kept.history[-1].by, kept.history[-1].why) == (ben, f"{EARLIER_ID} stands")
    assert await around.log.load(TEAM_ID, EARLIER_ID) == earlier
    assert around.slack.workspace.seen_by(ben) == []


async def test_keeping_counts_once_however_often_it_arrives(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    message = await asked_in(around, ana, general)
    row = list(message.blocks)
    pressed = await around.slack.press(ana, message, "Keep the earlier decision")
    await around.settled()
    await around.slack.sockets.deliver_again(pressed)
    await around.settled()
    assert whats(around) == ["proposed", "withdrawn"]
    message.blocks = row
    await around.slack.press(ben, message, "Keep the earlier decision")
    told = await around.slack.whisper_to(ben, "Nothing was changed")
    assert f"<@{ana}> withdrew this" in told.text
    assert whats(around) == ["proposed", "withdrawn"]


async def test_what_was_taken_back_for_an_earlier_decision_is_not_overridden_by_an_older_form(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    message = await asked_in(around, ana, general)
    await around.slack.press(ben, message, "Override…")
    form = await around.slack.modal_of(ben)
    await around.slack.press(ana, message, "Keep the earlier decision")
    await around.slack.until(lambda: "stands: kept by" in message.shown, "the message was not updated")
    await around.slack.submit(form, outcome=form.choices[0], reason="we know better")
    told = await around.slack.whisper_to(ben, "Nothing was changed")
    assert f"<@{ana}> withdrew this" in told.text
    assert whats(around) == ["proposed", "withdrawn"]
    assert message.labels == ["Sources", "History"]


async def test_an_earlier_decision_that_no_longer_stands_is_not_kept(
    around: Surroundings, ana: str, general: Channel
) -> None:
    earlier = await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    message = await asked_in(around, ana, general)
    await around.log.save(earlier.model_copy(update={"status": "superseded"}))
    await around.slack.press(ana, message, "Keep the earlier decision")
    assert "no longer stands" in (await around.slack.whisper_to(ana, "earlier decision")).text
    assert record(around).status == "proposed"


async def test_what_nobody_else_may_see_is_never_recalled_in_a_thread(
    around: Surroundings, ana: str, general: Channel
) -> None:
    elsewhere = around.slack.add_channel("elsewhere", {ana})
    for audience in (
        Audience(kind="person", user_id=ana),
        Audience(kind="conversation", channel_id=elsewhere.id),
        # A guest may read along here, and not there.
        Audience(kind="workspace", channel_id=elsewhere.id),
    ):
        around.log.kept.clear()
        around.conversations.kept.clear()
        await keep_earlier(around, audience)
        message = await asked_in(around, ana, general)
        assert SECRET not in message.shown + message.text
        assert EARLIER_ID not in message.shown
        assert "Keep the earlier decision" not in message.labels


@pytest.mark.parametrize("kind", ["workspace", "person"])
async def test_a_private_answer_recalls_what_the_person_may_see(
    around: Surroundings, ana: str, general: Channel, kind: str
) -> None:
    elsewhere = around.slack.add_channel("elsewhere", {ana})
    audiences = {
        "workspace": Audience(kind="workspace", channel_id=elsewhere.id),
        "person": Audience(kind="person", user_id=ana),
    }
    await keep_earlier(around, audiences[kind])
    message = await asked_privately(around, ana, general)
    assert EARLIER_ID in message.shown
    await around.slack.press(ana, message, "Keep the earlier decision")
    kept = await around.slack.whisper_to(ana, f"↩ {EARLIER_ID} stands")
    assert "Keep the earlier decision" not in kept.labels
    assert record(around).kept_instead == EARLIER_ID


async def test_what_one_person_was_reminded_of_does_not_go_on_in_the_thread(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await keep_earlier(around, Audience(kind="person", user_id=ana))
    message = await asked_privately(around, ana, general)
    assert SECRET in message.shown
    await around.slack.press(ana, message, "Continue in thread")
    await around.slack.until(
        lambda: any("Put ten examples" in one.shown for one in general.messages), "nothing went on"
    )
    assert SECRET not in "".join(one.shown + one.text for one in general.messages)
    assert not any("Keep the earlier decision" in one.labels for one in general.messages)


async def test_a_guest_is_reminded_only_of_the_channels_own(around: Surroundings, general: Channel) -> None:
    guest = around.slack.add_user("guest", is_guest=True)
    general.members.add(guest)
    elsewhere = around.slack.add_channel("elsewhere", set())
    await keep_earlier(around, Audience(kind="workspace", channel_id=elsewhere.id))
    assert EARLIER_ID not in (await asked_privately(around, guest, general)).shown


async def test_a_channel_turned_private_takes_what_was_decided_with_it(
    around: Surroundings, ana: str, general: Channel
) -> None:
    closed = around.slack.add_channel("closed", {ana}, kind="private")
    await keep_earlier(around, Audience(kind="workspace", channel_id=closed.id))
    assert EARLIER_ID not in (await asked_privately(around, ana, general)).shown


@pytest.mark.parametrize("status", ["proposed", "withdrawn", "superseded"])
async def test_only_what_was_decided_and_stands_is_recalled(
    around: Surroundings, ana: str, general: Channel, status: str
) -> None:
    earlier = await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    await around.log.save(earlier.model_copy(update={"status": status}))
    assert EARLIER_ID not in (await asked_in(around, ana, general)).shown


async def test_another_subject_is_not_recalled(around: Surroundings, ana: str, general: Channel) -> None:
    audience = Audience(kind="workspace", channel_id=general.id)
    await keep_earlier(around, audience, "Which database stores pictures of cats?")
    message = await asked_in(around, ana, general)
    assert EARLIER_ID not in message.shown
    assert DECISION_ID in message.shown


async def test_a_decision_like_the_recommended_one_is_told_as_such(
    around: Surroundings, ana: str, general: Channel
) -> None:
    earlier = await keep_earlier(around, Audience(kind="workspace", channel_id=general.id))
    agreed = ACCEPTED.model_copy(update={"outcome": Option.FEW_SHOT})
    await around.log.save(changed(earlier, agreed))
    shown = (await asked_in(around, ana, general)).shown
    assert "to show examples in the prompt, too" in shown
    assert "What changed?" not in shown
