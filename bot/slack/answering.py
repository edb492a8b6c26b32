"""One thing from the inbox, handed to what answers its kind, and logged in one line."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_args

import structlog

from bot.errors import BotError
from bot.slack import subcommands, words
from bot.slack.blocks import notice
from bot.slack.gate import Gate
from bot.slack.home import Home
from bot.slack.incoming import (
    AnyIncoming,
    Arrived,
    CommandCalled,
    DecisionSaved,
    Incoming,
    Mentioned,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    Notice,
)
from bot.slack.publisher import Delivery, Publisher
from bot.slack.subcommands import Subcommand
from bot.slack.web import SlackWeb

CHANGES_HOMES = frozenset({"recommend", "corrected", "accepted", "overridden", "withdraw", "saved", "erased"})
"""What a turn can come to that people see in their Home."""
Handler = Callable[[Any, Delivery], Awaitable[str]]
"""Answers one kind of thing, and returns what became of it, for the log line."""
SubcommandHandler = Callable[[CommandCalled, Subcommand, Delivery], Awaitable[str]]

log = structlog.get_logger(__name__)


class Answering:
    """Answers what people did. Raises whatever the handlers raise."""

    def __init__(
        self,
        handlers: Mapping[type[Arrived], Handler],
        subcommand: SubcommandHandler,
        *,
        gate: Gate,
        home: Home,
        publisher: Publisher,
        web: SlackWeb,
    ) -> None:
        """Raise TypeError when nothing answers some kind of thing."""
        if missing := set(get_args(AnyIncoming)) - set(handlers):
            raise TypeError(f"nothing answers {', '.join(sorted(kind.__name__ for kind in missing))}")
        self._handlers = handlers
        self._subcommand = subcommand
        self._gate = gate
        self._home = home
        self._publisher = publisher
        self._web = web

    async def answer(self, incoming: Incoming, delivery: Delivery) -> None:
        """Answer one thing, and log it in one line without a word of what was said."""
        started = time.perf_counter()
        kind = await self._answer(incoming, delivery)
        log.info(
            "turn",
            team_id=incoming.team_id,
            channel_id=incoming.channel_id,
            thread=incoming.place.thread,
            kind=incoming.kind,
            reply=kind,
            is_repeat=delivery.is_repeat,
            waited_ms=round(delivery.waited_s * 1000),
            duration_ms=round((time.perf_counter() - started) * 1000),
        )
        if kind in CHANGES_HOMES:
            await self._home.refresh(incoming.team_id, *_concerned(incoming))

    async def _answer(self, incoming: Incoming, delivery: Delivery) -> str:
        if isinstance(incoming, CommandCalled) and (wanted := subcommands.parse(incoming.text)) is not None:
            return await self._subcommand(incoming, wanted, delivery)
        if not await self._gate.admits(incoming):
            return "not_admitted"
        return await self._handlers[type(incoming)](incoming, delivery)

    async def apologise(self, incoming: Incoming, reference: str) -> None:
        """Tell the person that we gave up, with a reference to find it by; once, wherever we can look."""
        message = notice(words.apology(reference))
        try:
            match incoming:
                case Notice() | MessageEdited():
                    # Nobody asked for anything.
                    return
                case MessageDeleted():
                    told = notice(words.not_erased(reference))
                    await self._web.post_to_one(incoming.channel_id, incoming.user_id, told)
                case Mentioned() | MessageSent():
                    await self._publisher.tell(incoming, message, once=f"apology:{reference}")
                case _:
                    await self._publisher.tell_whoever_did(incoming, message)
        except BotError as error:
            log.warning("apology_not_delivered", reference=reference, reason=str(error))


def _concerned(incoming: Incoming) -> tuple[str, ...]:
    """Return whose Home has changed, as far as what they did says so."""
    return (incoming.user_id, incoming.owner) if isinstance(incoming, DecisionSaved) else (incoming.user_id,)
