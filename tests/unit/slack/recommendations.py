"""What people do before they decide: they ask, and look at what was recommended."""

from __future__ import annotations

from bot.record import DecisionRecord
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, Surroundings


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} should we fine-tune?")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    return await slack.reply_in(channel, said.ts, number=2)


async def recommended_privately(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, "/finetune our bot gets the tone wrong")
    await around.slack.press(user, await around.slack.whisper_to(user, "What goes wrong"), "Just tell me")
    return await around.slack.whisper_to(user, "Put ten examples into the prompt")


def record(around: Surroundings) -> DecisionRecord:
    return around.log.kept["T0FAKE", DECISION_ID]


def whats(around: Surroundings) -> list[str]:
    return [change.what for change in record(around).history]


async def overriding(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.press(user, message, "Override…")
    return await around.slack.modal_of(user)


async def sources(around: Surroundings, user: str, message: Message) -> str:
    await around.slack.press(user, message, "Sources")
    return (await around.slack.modal_of(user)).shown
