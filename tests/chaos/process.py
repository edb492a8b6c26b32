"""What runs in each process: the bot's own surface and stores, with marked steps and no index.

The processes are forked from one that has imported everything, so that one can be replaced in a moment.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from bot.advisor import Advisor
from bot.answer import Reference
from bot.app import KNOWLEDGE, Stores, backing_of, open_stores
from bot.dialogue import Dialogue
from bot.errors import StoreUnavailable
from bot.logs import configure_logs
from bot.settings import Settings
from bot.slack.serving import SlackSurface
from bot.slack.worker import Pace
from bot.understanding.reading import read
from knowledge.prices import load_prices
from knowledge.providers import load_providers
from tests.chaos import steps
from tests.fakes.passages import PassagesAway


@dataclass(frozen=True)
class Part:
    """One process of the run."""

    name: str
    is_listener: bool
    bot_token: str
    app_token: str
    api_url: str
    redis_url: str
    folder: Path
    """Where orders to die lie, and logs are written."""
    idle_ms: int
    without: str
    """What of the durable path is switched off: "", "inbox" or "search"."""


def run(part: Part) -> None:
    """Serve until SIGTERM."""
    log = os.open(part.folder / f"{part.name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, sys.stderr.fileno())
    configure_logs("INFO")
    asyncio.run(_serve(part))


async def _serve(part: Part) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    at = steps.die_when_told(part.folder)
    settings = Settings(
        redis_url=SecretStr(part.redis_url), data_dir=part.folder, digest_channels=(), limit_workspace_hour=0
    )
    async with AsyncExitStack() as stack:
        stores = await _open_stores(settings, stack)
        clients = stores.inbox._quick, stores.inbox._blocking
        conversations = steps.MarkedConversations(at, clients[0])
        log = steps.MarkedDecisionLog(at, clients[0])
        advisor = Advisor(Dialogue(_reference()), conversations, log, "away")
        backing = replace(
            backing_of(settings, stores, None if part.is_listener else advisor.turn),
            inbox=steps.INBOXES[part.without](at, *clients, idle_ms=part.idle_ms),
            conversations=conversations,
            posted_replies=steps.MarkedPostedReplies(at, clients[0]),
            decision_log=log,
            pace=Pace(keep_every_s=part.idle_ms / 1000 / 3.5),
        )
        surface = SlackSurface(
            bot_token=part.bot_token,
            app_token=part.app_token if part.is_listener else None,
            backing=backing,
            api_url=part.api_url,
        )
        await surface.run(stop)


async def _open_stores(settings: Settings, stack: AsyncExitStack) -> Stores:
    """Open them as soon as Redis is there; `bot.serving` waits in the same way."""
    while True:
        try:
            return await stack.enter_async_context(open_stores(settings))
        except StoreUnavailable:
            await asyncio.sleep(0.1)


def _reference() -> Reference:
    return Reference(
        PassagesAway(), load_prices(KNOWLEDGE / "prices.yaml"), load_providers(KNOWLEDGE / "providers.yaml")
    )


read("Should we fine-tune our support assistant?")  # so that each process starts with the models loaded
