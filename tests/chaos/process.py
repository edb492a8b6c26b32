"""What runs in each process: the bot's own surface and stores, with marked steps and no index.

The processes are forked from one that has imported everything, so that one can be replaced in a moment.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.advisor import Advisor
from bot.answer import Reference
from bot.app import KNOWLEDGE, now
from bot.dialogue import Dialogue
from bot.logs import configure_logs
from bot.slack.serving import SlackSurface
from bot.slack.worker import Pace
from bot.stores.connection import open_redis
from bot.stores.first_contacts import RedisFirstContacts
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
    while not stop.is_set():
        # Redis may be away; `bot.serving` waits in the same way.
        try:
            clients = await open_redis(part.redis_url)
            break
        except Exception:  # noqa: BLE001 - the run goes on
            await asyncio.sleep(0.1)
    async with clients:
        conversations = steps.MarkedConversations(at, clients.quick)
        log = steps.MarkedDecisionLog(at, clients.quick)
        advisor = Advisor(Dialogue(_reference()), conversations, log, "away")
        keep_every_s = part.idle_ms / 1000 / 3.5
        surface = SlackSurface(
            bot_token=part.bot_token,
            app_token=part.app_token if part.is_listener else None,
            advisor_turn=None if part.is_listener else advisor.turn,
            inbox=steps.INBOXES[part.without](at, clients.quick, clients.blocking, idle_ms=part.idle_ms),
            conversations=conversations,
            posted_replies=steps.MarkedPostedReplies(at, clients.quick),
            decision_log=log,
            first_contacts=RedisFirstContacts(clients.quick),
            clock=now,
            api_url=part.api_url,
            pace=Pace(keep_every_s=keep_every_s),
        )
        await surface.run(stop)


def _reference() -> Reference:
    return Reference(
        PassagesAway(), load_prices(KNOWLEDGE / "prices.yaml"), load_providers(KNOWLEDGE / "providers.yaml")
    )


read("Should we fine-tune our support assistant?")  # so that each process starts with the models loaded
