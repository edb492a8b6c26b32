"""How fast a slash command and a mention are acknowledged, beside a Bolt app that does nothing, in one run.

Both talk to the same kind of fake Slack over a real WebSocket; ours writes to a real Redis first, and answers
what it has taken in meanwhile.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.app import backing_of, open_stores
from bot.conversation import Turn
from bot.logs import configure_logs
from bot.replies import OffTopic, Reply
from bot.settings import Settings
from bot.slack.scopes import needed
from bot.slack.serving import SlackSurface
from tests.bench.bare_bolt import make_app
from tests.bench.measuring import p50_p99, print_table
from tests.fake_slack.server import FakeSlack

COUNT = 300
WARM_UP = 20


@asynccontextmanager
async def ours(slack: FakeSlack, data_dir: Path) -> AsyncIterator[None]:
    """Serve with our surface and a real Redis; the advisor says the same to everything."""

    async def answer(_turn: Turn) -> Reply:
        return OffTopic(text="Not my subject.")

    settings = Settings(
        data_dir=data_dir,
        redis_url=None,
        slack_bot_token=None,
        slack_app_token=None,
        limit_person_hour=0,
        limit_channel_hour=0,
        limit_workspace_hour=0,
    )
    stop = asyncio.Event()
    async with open_stores(settings) as stores:
        surface = SlackSurface(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            backing=backing_of(settings, stores, answer),
            api_url=slack.api_url,
        )
        serving = asyncio.create_task(surface.run(stop))
        try:
            yield
        finally:
            stop.set()
            await serving


@asynccontextmanager
async def empty_bolt(slack: FakeSlack, _data_dir: Path) -> AsyncIterator[None]:
    """Serve with a Bolt app whose listeners do nothing but acknowledge."""
    app = make_app(slack.bot_token, slack.api_url)
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.client.connect()  # type: ignore[no-untyped-call] # slack_sdk has no types here
    try:
        yield
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call] # as above


async def measure(serve: object, data_dir: Path) -> tuple[list[float], list[float]]:
    """Return milliseconds to the acknowledgement of commands, and of mentions."""
    async with FakeSlack(frozenset(needed())) as slack, serve(slack, data_dir):  # type: ignore[operator] # one of the two above
        await slack.connected()
        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        commands, mentions = [], []
        for number in range(WARM_UP + COUNT):
            started = time.perf_counter()
            delivery = await slack.command(ana, general, f"/finetune should we, number {number}?")
            commands.append((time.perf_counter() - started) * 1000)
            assert delivery.is_acknowledged
            message = slack.keep(ana, general, f"{slack.mention} should we fine-tune {number}")
            event = slack.events_of(message)[-1]
            started = time.perf_counter()
            delivery = await slack.deliver(event)
            mentions.append((time.perf_counter() - started) * 1000)
            assert delivery.is_acknowledged
        return commands[WARM_UP:], mentions[WARM_UP:]


async def measure_both() -> list[tuple[str, ...]]:
    """Return rows of (what, command p50, p99, mention p50, p99)."""
    rows: list[tuple[str, ...]] = []
    for name, serve in (("a Bolt app that does nothing", empty_bolt), ("ours, kept in Redis first", ours)):
        with tempfile.TemporaryDirectory() as folder:
            commands, mentions = await measure(serve, Path(folder))
        rows.append((name, *p50_p99(commands), *p50_p99(mentions)))
    return rows


def main() -> None:
    """Print the table."""
    configure_logs("INFO")
    columns = ("acknowledged by", "command p50", "p99", "mention p50", "p99")
    print_table(f"Acknowledgement ({COUNT} of each)", columns, asyncio.run(measure_both()))


if __name__ == "__main__":
    main()
