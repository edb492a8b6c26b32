"""What happens when something dies: nothing acknowledged is lost, nothing is answered twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import BotProcess, RedisProcess
from tests.fake_slack import shapes
from tests.fake_slack.faults import NeverAnswers
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel

pytestmark = pytest.mark.e2e

VAGUE = "Should we fine-tune our support assistant?"
WAY_OUT = "Just tell me"
CLAIMED_WITHIN_S = 30.0
"""A dead worker's entries are taken over when it was silent for ten seconds."""


async def test_twins_redeliveries_edits_and_bots_cause_one_reply(
    slack: FakeSlack, bot: BotProcess, ana: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    await slack.reply_in(general, said.ts)
    for delivery in slack.sockets.deliveries[:2]:
        await slack.sockets.deliver_again(delivery)
    await slack.edit(said, f"{slack.mention} {VAGUE} Really?")
    await slack.deliver(shapes.mention_event(said, general))
    await slack.say("U0OTHERBOT", general, f"{slack.mention} {VAGUE}", bot_id="B0OTHER")
    # In order: when this is answered, so is everything before it.
    await slack.say(ana, general, f"{slack.mention} {WAY_OUT}", said.ts)
    await slack.reply_in(general, said.ts, number=2)
    assert len(slack.workspace.ours(general.id, said.ts)) == 2
    assert slack.workspace.ours(general.id) == []
    assert bot.process is not None


async def test_event_that_comes_while_redis_is_away_is_answered_once_when_it_is_back(
    slack: FakeSlack, bot: BotProcess, redis_process: RedisProcess, ana: str, general: Channel
) -> None:
    redis_process.pause()
    saying = asyncio.create_task(slack.say(ana, general, f"{slack.mention} {VAGUE}"))
    await slack.until(
        lambda: sum(len(delivery.attempts) for delivery in slack.sockets.deliveries) >= 2,
        "Slack waited for no acknowledgement",
    )
    assert not any(delivery.is_acknowledged for delivery in slack.sockets.deliveries)
    redis_process.resume()
    said = await saying
    # Later deliveries are echoes of the bot's own post, which may be under way.
    assert all(delivery.is_acknowledged for delivery in slack.sockets.deliveries[:2])
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    await slack.reply_in(general, said.ts, number=2)
    assert len(slack.workspace.ours(general.id, said.ts)) == 2
    assert bot.process is not None


async def test_command_while_redis_is_away_is_refused_honestly(
    slack: FakeSlack, bot: BotProcess, redis_process: RedisProcess, ana: str, general: Channel
) -> None:
    redis_process.pause()
    called = await slack.command(ana, general, f"/finetune {VAGUE}")
    redis_process.resume()
    assert called.is_acknowledged
    assert "I can't remember anything right now" in called.answer["text"]
    assert bot.process is not None


async def test_redis_that_dies_and_returns_has_forgotten_nothing(
    slack: FakeSlack, bot: BotProcess, redis_process: RedisProcess, ana: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(general, said.ts)
    redis_process.kill()
    await redis_process.start()
    await slack.press(ana, question, WAY_OUT)
    await slack.reply_in(general, said.ts, number=2, timeout_s=CLAIMED_WITHIN_S)
    assert bot.process is not None


async def test_dialogue_goes_on_after_a_restart(
    slack: FakeSlack, make_bot: Callable[..., BotProcess], ana: str, general: Channel
) -> None:
    first = make_bot("first")
    await first.start()
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(general, said.ts)
    assert await first.stop() == 0
    second = make_bot("second")
    await second.start()
    await slack.pick(ana, question, question.labels[0])
    await slack.reply_in(general, said.ts, number=2)
    assert question.labels == []


async def test_bot_killed_between_posting_and_remembering_does_not_post_again(
    slack: FakeSlack, make_bot: Callable[..., BotProcess], ana: str, general: Channel
) -> None:
    first = make_bot("first")
    await first.start()
    slack.faults["chat.postMessage"].append(NeverAnswers())
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(general, said.ts)
    first.end()
    second = make_bot("second")
    await second.start()
    await slack.until(
        lambda: any(method == "conversations.replies" for method, _ in slack.calls),
        "the thread was not searched",
        CLAIMED_WITHIN_S,
    )
    await slack.press(ana, question, WAY_OUT)
    await slack.reply_in(general, said.ts, number=2)
    assert len(slack.workspace.ours(general.id, said.ts)) == 2


async def test_bot_killed_before_it_answered_is_replaced_by_the_next(
    slack: FakeSlack, make_bot: Callable[..., BotProcess], ana: str, general: Channel
) -> None:
    first = make_bot("first")
    await first.start()
    slack.faults["conversations.info"].append(NeverAnswers())
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    await slack.until(
        lambda: any(method == "conversations.info" for method, _ in slack.calls), "nothing was begun"
    )
    first.end()
    await make_bot("second").start()
    await slack.reply_in(general, said.ts, timeout_s=CLAIMED_WITHIN_S)
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_two_bots_share_the_work(
    slack: FakeSlack, make_bot: Callable[..., BotProcess], ana: str, tmp_path: Path
) -> None:
    for number in (1, 2):
        # Each has its own index; Redis is what they share.
        await make_bot(f"bot{number}", data_dir=tmp_path / f"data{number}").start()
    await slack.connected(sockets=2)
    channels = [slack.add_channel(f"channel-{number}", {ana}) for number in range(6)]
    asked = await asyncio.gather(
        *(slack.say(ana, channel, f"{slack.mention} {VAGUE}") for channel in channels)
    )
    for channel, said in zip(channels, asked, strict=True):
        await slack.press(ana, await slack.reply_in(channel, said.ts), WAY_OUT)
    for channel, said in zip(channels, asked, strict=True):
        await slack.reply_in(channel, said.ts, number=2)
        assert len(slack.workspace.ours(channel.id, said.ts)) == 2


async def test_wrong_token_ends_the_bot_with_one_line(make_bot: Callable[..., BotProcess]) -> None:
    bot = make_bot(environment={"SLACK_BOT_TOKEN": "xoxb-not-this-one"})
    await bot.start(wait=False)
    assert await bot.wait() == 1
    assert "SLACK_BOT_TOKEN" in bot.said()
    assert "invalid_auth" in bot.said()
    assert "Traceback" not in bot.said()
    assert "xoxb-not-this-one" not in bot.said()


async def test_stopping_ends_with_success(slack: FakeSlack, bot: BotProcess) -> None:
    assert await bot.stop() == 0
    assert slack.sockets.open == []
    assert "Traceback" not in bot.said()
