"""An upgrade, one replica after another: people go on talking, and each is answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.processes import BotProcess
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel

pytestmark = pytest.mark.e2e

VAGUE = "Should we fine-tune our support assistant?"
WAY_OUT = "Just tell me"
WITHOUT_LIMITS = {f"LIMIT_{whose}_HOUR": "0" for whose in ("PERSON", "CHANNEL", "WORKSPACE")}
ANSWERED_WITHIN_S = 30.0
"""What a stopped replica had to leave behind is taken over after ten seconds of silence."""


async def _hold_conversation(slack: FakeSlack, person: str, channel: Channel) -> str:
    """Ask, tap the way out, and return the thread."""
    said = await slack.say(person, channel, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(channel, said.ts, timeout_s=ANSWERED_WITHIN_S)
    pressed = await slack.press(person, question, WAY_OUT)
    if not pressed.is_acknowledged:
        # Slack says so to the person, and does not send a press again: they press once more.
        assert (await slack.press(person, question, WAY_OUT)).is_acknowledged
    await slack.reply_in(channel, said.ts, number=2, timeout_s=ANSWERED_WITHIN_S)
    return said.ts


def _are_held(threads: list[tuple[Channel, str]], enough: int) -> bool:
    return len(threads) >= enough


async def test_replicas_restarted_one_after_another_lose_and_repeat_nothing(
    slack: FakeSlack, make_bot: Callable[..., BotProcess], ana: str, tmp_path: Path
) -> None:
    # Each has its own index; Redis is what they share.
    replicas = [
        make_bot(f"replica{number}", data_dir=tmp_path / f"data{number}", environment=WITHOUT_LIMITS)
        for number in (1, 2)
    ]
    for replica in replicas:
        await replica.start()
    await slack.connected(sockets=2)

    is_over = asyncio.Event()
    threads: list[tuple[Channel, str]] = []

    async def talk(person: str, number: int) -> None:
        """Hold one conversation after another, each in a channel of its own, until the upgrade is over."""
        while not is_over.is_set():
            channel = slack.add_channel(f"channel-{number}-{len(threads)}", {person})
            threads.append((channel, await _hold_conversation(slack, person, channel)))

    talking = [asyncio.create_task(talk(ana, number)) for number in range(3)]
    for replica in replicas:
        assert await replica.stop() == 0
        assert len(slack.sockets.open) == 1
        # The one that is left serves alone.
        enough = len(threads) + 4
        await slack.until(partial(_are_held, threads, enough), "nobody was answered", ANSWERED_WITHIN_S)
        await replica.start()
        await slack.connected(sockets=2)
    is_over.set()
    await asyncio.gather(*talking)

    # Both ways: nothing was lost, or the conversations would not have ended; nothing came twice.
    assert len(threads) > 8
    for channel, thread in threads:
        assert len(slack.workspace.ours(channel.id, thread)) == 2
        assert slack.workspace.ours(channel.id) == []
    for replica in replicas:
        assert "entry_buried" not in replica.said()
        assert "Traceback" not in replica.said()
        assert replica.said().count('"serving"') == 2
