"""One thing from the inbox answered: made a turn, put to the advisor, and its reply posted."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog

from bot.conversation import Turn
from bot.errors import BotError
from bot.replies import Reply
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.continuing import Continuing
from bot.slack.incoming import ContinuePressed, Incoming, ReplyPicked
from bot.slack.publisher import Delivery, Publisher
from bot.slack.turns import Answerable, Turns
from bot.slack.web import SlackWeb

AdvisorTurn = Callable[[Turn], Awaitable[Reply]]

log = structlog.get_logger(__name__)


class Answering:
    """Answers what people did. Raises whatever the advisor, Slack or a store raise."""

    def __init__(
        self,
        advisor_turn: AdvisorTurn,
        turns: Turns,
        publisher: Publisher,
        continuing: Continuing,
        web: SlackWeb,
    ) -> None:
        self._advisor_turn = advisor_turn
        self._turns = turns
        self._publisher = publisher
        self._continuing = continuing
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
            duration_ms=round((time.perf_counter() - started) * 1000),
        )

    async def _answer(self, incoming: Incoming, delivery: Delivery) -> str:
        if isinstance(incoming, ContinuePressed):
            return "continued" if await self._continuing.carry_on(incoming, delivery) else "not_continued"
        if isinstance(incoming, ReplyPicked) and not incoming.picked:
            await self._publisher.tell(incoming, notice(words.PICK_ONE))
            return "pick_one"
        return await self._turn(incoming, delivery)

    async def _turn(self, incoming: Answerable, delivery: Delivery) -> str:
        turn = await self._turns.turn(incoming)
        if turn is None:
            return "silence"
        reply = await self._advisor_turn(turn)
        await self._publisher.publish(incoming, reply, delivery)
        return reply.reply

    async def apologise(self, incoming: Incoming, reference: str) -> None:
        """Tell the person that we gave up, with a reference to find it by."""
        message = notice(words.apology(reference))
        try:
            if isinstance(incoming, ContinuePressed):
                await self._web.respond(incoming.response_url, message)
            else:
                await self._publisher.tell(incoming, message)
        except BotError as error:
            log.warning("apology_not_delivered", reference=reference, reason=str(error))
