"""What people do before they set something right, with an advisor that really reads and recommends."""

from __future__ import annotations

from bot.record import DecisionRecord
from bot.replies import Recommend
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import Surroundings

ASKED = (
    "should we fine-tune? Our support bot knows the facts but gets the tone wrong. We have 400 reviewed "
    "replies. We tried examples in the prompt and scored prompt versions."
)
CORRECT, MAY_TRAIN, MAY_NOT_TRAIN = "Correct this…", "Yes, we may train on it", "No, we may not"
FINE_TUNE, COLLECT = "Fine-tune: you have the examples for it", "Collect reviewed examples first"


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    is_direct = channel.kind == "im"
    said = await slack.say(user, channel, ASKED if is_direct else f"{slack.mention} {ASKED}")
    thread_ts = "" if is_direct else said.ts
    await slack.press(user, await slack.reply_in(channel, thread_ts), "Just tell me")
    message = await slack.reply_in(channel, thread_ts, number=2)
    assert FINE_TUNE in message.shown
    return message


async def recommended_privately(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, f"/finetune {ASKED}")
    await around.slack.press(user, await around.slack.whisper_to(user, "Question 1"), "Just tell me")
    return await around.slack.whisper_to(user, CORRECT)


async def correcting(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.press(user, message, CORRECT)
    return await around.slack.modal_of(user)


async def is_shown(around: Surroundings, message: Message, text: str) -> None:
    await around.slack.until(lambda: text in message.shown, f"the message does not say {text!r}")
    assert text in message.shown


def record(around: Surroundings) -> DecisionRecord:
    (kept,) = around.log.kept.values()
    return kept


def values(record: DecisionRecord) -> dict[str, object]:
    return {statement.fact: statement.value for statement in record.current.statements}


def heard(around: Surroundings) -> dict[str, tuple[object, str]]:
    """Return what is shown as heard now, with how it is known."""
    (conversation,) = around.conversations.kept.values()
    reply = conversation.last_reply
    assert isinstance(reply, Recommend)
    return {one.fact: (one.value, one.source) for one in reply.heard}
