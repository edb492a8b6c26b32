"""What people say and pick, made a turn, put to the advisor, and its reply posted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from bot.asked_terms import AskedTerms
from bot.errors import SlackRefused
from bot.replies import Clarify, Recommend, Reply
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.collapsing import Collapsing, OpenQuestion, line_above
from bot.slack.editing import Editing
from bot.slack.incoming import (
    CommandCalled,
    EvaluatePressed,
    Mentioned,
    MessageSent,
    ReplyPicked,
    WordsSubmitted,
)
from bot.slack.limiting import Limiting
from bot.slack.opening import Opening
from bot.slack.publisher import Delivery, Publisher
from bot.slack.standing import Standing
from bot.slack.turns import AdvisorTurn, Answerable, Turns, is_private
from bot.slack.web import SlackWeb
from bot.slack.went_on import WentOn

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Conversing:
    """Holds conversations. Every method raises whatever the advisor, Slack or a store raise."""

    advisor_turn: AdvisorTurn
    turns: Turns
    publisher: Publisher
    web: SlackWeb
    collapsing: Collapsing
    editing: Editing
    standing: Standing
    opening: Opening
    limiting: Limiting
    asked_terms: AskedTerms
    went_on: WentOn
    shows_status: bool
    """Whether answers take long enough to say that one is on its way."""
    told_after_s: float
    """How long somebody who called a command waits before they are told that the answer is on its way."""

    async def called(self, incoming: CommandCalled, delivery: Delivery) -> str:
        """Answer what was asked by a command: privately, or in a thread where the channel wants that."""
        return await self.said(await self.opening.opened(incoming, delivery), delivery)

    async def picked(self, incoming: ReplyPicked, delivery: Delivery) -> str:
        """Answer a quick reply, if one was picked."""
        if not incoming.picked:
            await self.publisher.tell(incoming, notice(words.PICK_ONE), once=delivery.entry_id)
            return "pick_one"
        if await self._is_old(incoming):
            return "gone_on"
        return await self.said(incoming, delivery)

    async def submitted(self, incoming: WordsSubmitted, delivery: Delivery) -> str:
        """Answer words from a form, if the question that they answer still waits."""
        if await self._is_old(incoming):
            return "gone_on"
        if not await self.turns.is_waiting(incoming):
            await self.publisher.tell(incoming, notice(words.NOT_WAITING), once=delivery.entry_id)
            return "not_waiting"
        return await self.said(incoming, delivery)

    async def evaluated(self, incoming: EvaluatePressed, delivery: Delivery) -> str:
        """Answer an edited question anew, and close the offer to do so; pressing twice does it once."""
        if await self.editing.is_closed(incoming):
            await self.editing.close(incoming)
            return "evaluated_before"
        became = await self.said(incoming, delivery)
        told = words.NOT_THERE if became == "silence" else words.EVALUATED
        await self.editing.close(incoming, told)
        return became

    async def said(self, incoming: Answerable, delivery: Delivery) -> str:
        """Answer one turn, and return what kind of reply it was; "silence" is one."""
        if not await self.limiting.admits(incoming):
            return "limited"
        turn = await self.turns.turn(incoming)
        if turn is None:
            return "silence"
        asked = await self.collapsing.find(turn)
        async with self._status(incoming, delivery):
            reply = await self.advisor_turn(turn)
            if turn.is_unaddressed and asked and _only_waits(asked, reply):
                # They talk to each other; the question stands where it stands.
                return await self._say_nothing(incoming)
        if asked:
            await self.collapsing.close(asked, turn, reply)
        above = line_above(asked, incoming, reply)
        ts = await self.publisher.publish(
            incoming,
            reply,
            delivery,
            above=above,
            needs_mention=await self.opening.needs_mention(turn.place),
        )
        await self.collapsing.remember(turn.place, reply, ts)
        if isinstance(reply, Recommend) and reply.decision_id:
            await self.standing.redraw_before(incoming.team_id, reply.decision_id)
        if not delivery.is_repeat:
            await self.asked_terms.count(turn, reply)
        return reply.reply

    async def _is_old(self, incoming: ReplyPicked | WordsSubmitted) -> bool:
        """Say whether a private question went on in the channel since; then they are led there."""
        public = await self.went_on.conversation(incoming.place) if is_private(incoming.place) else None
        if public is not None:
            await self.went_on.lead_there(incoming, public)
        return public is not None

    async def _say_nothing(self, incoming: Answerable) -> str:
        where = _thread_of(incoming) if self.shows_status else ""
        if where:
            await self._show(incoming.channel_id, where, "")
        return "silence"

    @contextlib.asynccontextmanager
    async def _status(self, incoming: Answerable, delivery: Delivery) -> AsyncIterator[None]:
        """Show that we are at work, where it takes long and Slack has a place for it."""
        where = _thread_of(incoming) if self.shows_status else ""
        if where:
            async with self._shown_in_thread(incoming.channel_id, where):
                yield
        elif isinstance(incoming, CommandCalled) and self.shows_status and not delivery.is_repeat:
            async with self._told_after_a_while(incoming):
                yield
        else:
            # A picked reply is seen to be taken, and its answer comes in its place.
            yield

    @contextlib.asynccontextmanager
    async def _shown_in_thread(self, channel_id: str, thread_ts: str) -> AsyncIterator[None]:
        await self._show(channel_id, thread_ts, words.AT_WORK)
        try:
            yield
        except BaseException:
            # A reply ends the status; without one it would stand for two minutes.
            await self._show(channel_id, thread_ts, "")
            raise

    @contextlib.asynccontextmanager
    async def _told_after_a_while(self, called: CommandCalled) -> AsyncIterator[None]:
        is_answered = asyncio.Event()
        waiting = asyncio.create_task(self._tell_that_it_comes(called, is_answered))
        try:
            yield
        finally:
            # What is on its way to Slack arrives there before the answer does.
            is_answered.set()
            await waiting

    async def _tell_that_it_comes(self, called: CommandCalled, is_answered: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(is_answered.wait(), self.told_after_s)
        except TimeoutError:
            try:
                await self.web.respond(called.response_url, notice(words.ON_ITS_WAY))
            except SlackRefused as error:
                log.info("status_not_shown", channel_id=called.channel_id, reason=str(error))

    async def _show(self, channel_id: str, thread_ts: str, status: str) -> None:
        try:
            await self.web.show_status(channel_id, thread_ts, status)
        except SlackRefused as error:
            # The answer matters; that it is on its way does not.
            log.info("status_not_shown", channel_id=channel_id, reason=str(error))


def _only_waits(asked: OpenQuestion, reply: Reply) -> bool:
    """Say whether a reply is the same question once more, and nothing else."""
    return (
        isinstance(reply, Clarify)
        and reply.question.id == asked.id
        and not reply.notes
        and reply.definition is None
    )


def _thread_of(incoming: Answerable) -> str:
    """Return the ts of the thread where the reply will stand; "" for a private reply, which is in none."""
    match incoming:
        case CommandCalled() | ReplyPicked(is_ephemeral=True) | WordsSubmitted():
            return ""
        case Mentioned() | MessageSent():
            return incoming.thread_ts or incoming.ts
        case ReplyPicked():
            return incoming.thread_ts
        case EvaluatePressed():
            return incoming.place.thread
