"""Posts a reply where it belongs, and not twice wherever Slack lets us look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.errors import SlackRefused, SlackUnavailable
from bot.ports import PostedReplies, Spot
from bot.replies import Reply
from bot.slack import escape, words
from bot.slack.blocks import Message, draw, notice
from bot.slack.decision_blocks import decision_in
from bot.slack.incoming import (
    CommandCalled,
    EvaluatePressed,
    Mentioned,
    MessageAsked,
    MessageSent,
    ReplyPicked,
    WordsSubmitted,
)
from bot.slack.markup import context
from bot.slack.turns import Answerable, is_private
from bot.slack.web import SlackWeb

RECENT = 100
"""How far back a direct message's top level, or a channel, is searched for what we posted."""
PRIVATELY = "private"
"""Stands where a ts would: a private answer has none that could be looked up."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Delivery:
    """One handling of an inbox entry; `is_repeat` when an earlier one may have got as far as posting."""

    entry_id: str
    is_repeat: bool
    waited_s: float = 0.0
    """How long the entry had been in the inbox when it was taken."""


class HasAddress(Protocol):
    """Something that a person did for which Slack gave us an address to answer them alone."""

    @property
    def channel_id(self) -> str: ...  # noqa: D102 - named by the class
    @property
    def user_id(self) -> str: ...  # noqa: D102
    @property
    def response_url(self) -> str: ...  # noqa: D102


class Publisher:
    """Posts replies. Every method raises SlackRefused and StoreUnavailable."""

    def __init__(self, web: SlackWeb, posted: PostedReplies) -> None:
        self._web = web
        self._posted = posted

    async def publish(
        self,
        incoming: Answerable,
        reply: Reply,
        delivery: Delivery,
        *,
        above: str = "",
        needs_mention: bool = False,
    ) -> str:
        """Post the reply to `incoming` where it was asked; return the last message's ts, "" if private.

        `above` is a small line in mrkdwn that stands above it, or ""; `needs_mention` as in `draw`.
        """
        place = incoming.place
        messages = draw(
            reply,
            place,
            is_private=is_private(place),
            needs_mention=needs_mention,
            above=context(above),
        )
        reply_id = await self._posted.reply_id(incoming.team_id, delivery.entry_id)
        match incoming:
            case CommandCalled():
                await self._privately(incoming, messages, reply_id, delivery, replace=False)
                return ""
            case ReplyPicked(is_ephemeral=True) | WordsSubmitted():
                await self._privately(incoming, messages, reply_id, delivery, replace=True)
                return ""
            case ReplyPicked():
                await self._collapse(incoming)
                return await self.post_all(
                    incoming, messages, reply_id, thread_ts=incoming.thread_ts, again=delivery
                )
            case Mentioned():
                thread_ts = incoming.thread_ts or incoming.ts
                return await self.post_all(incoming, messages, reply_id, thread_ts=thread_ts, again=delivery)
            case EvaluatePressed():
                return await self.post_all(
                    incoming, messages, reply_id, thread_ts=incoming.place.thread, again=delivery
                )
            case MessageSent():
                return await self.post_all(
                    incoming, messages, reply_id, thread_ts=incoming.thread_ts, again=delivery
                )

    async def answer_privately(
        self, called: CommandCalled | MessageAsked, messages: Sequence[Message], delivery: Delivery
    ) -> None:
        """Show messages to the person who called a command or used a shortcut, each unless shown before."""
        reply_id = await self._posted.reply_id(called.team_id, delivery.entry_id)
        await self._privately(called, messages, reply_id, delivery, replace=False)

    async def post_all(
        self,
        incoming: Answerable,
        messages: Sequence[Message],
        reply_id: str,
        *,
        thread_ts: str,
        again: Delivery,
    ) -> str:
        """Post messages one after another, each unless it was posted before; return the last one's ts."""
        ts = ""
        for number, message in enumerate(messages, start=1):
            part_id = reply_id if number == 1 else f"{reply_id}-{number}"
            ts = await self.post_once(
                incoming.team_id,
                incoming.channel_id,
                message,
                part_id,
                thread_ts=thread_ts,
                look_first=again.is_repeat,
            )
        return ts

    async def post_once(
        self,
        team_id: str,
        channel_id: str,
        message: Message,
        reply_id: str,
        *,
        thread_ts: str,
        look_first: bool,
    ) -> str:
        """Post a message and return its ts; with `look_first`, unless it stands there already."""
        if look_first:
            ts = await self._posted.posted_ts(team_id, reply_id) or await self._find(
                channel_id, thread_ts, reply_id
            )
            if ts:
                await self._remember(team_id, reply_id, message, Spot(channel_id, ts, thread_ts))
                return ts
        ts = await self._web.post(channel_id, message, thread_ts=thread_ts, reply_id=reply_id)
        await self._remember(team_id, reply_id, message, Spot(channel_id, ts, thread_ts))
        return ts

    async def _remember(self, team_id: str, reply_id: str, message: Message, spot: Spot) -> None:
        if decision_id := decision_in(message.blocks):
            await self._posted.mark_shown(team_id, decision_id, spot)
        await self._posted.mark_posted(team_id, reply_id, spot.ts)

    async def tell(self, incoming: Answerable, message: Message, *, once: str) -> None:
        """Tell the person what is not a reply: privately where Slack lets us, else in the thread.

        `once` names it, so that it is not posted again after a crash.
        """
        if not isinstance(incoming, Mentioned | MessageSent):
            await self.tell_whoever_did(incoming, message)
            return
        is_direct_root = isinstance(incoming, MessageSent) and not incoming.thread_ts
        await self.post_once(
            incoming.team_id,
            incoming.channel_id,
            message,
            await self._posted.reply_id(incoming.team_id, once),
            thread_ts="" if is_direct_root else incoming.thread_ts or incoming.ts,
            look_first=True,
        )

    async def _privately(
        self,
        incoming: CommandCalled | MessageAsked | ReplyPicked | WordsSubmitted,
        messages: Sequence[Message],
        reply_id: str,
        delivery: Delivery,
        *,
        replace: bool,
    ) -> None:
        for number, message in enumerate(messages, start=1):
            part_id = f"{reply_id}-{number}"
            if delivery.is_repeat and await self._posted.posted_ts(incoming.team_id, part_id):
                continue
            await self.tell_whoever_did(incoming, message, replace=replace and number == 1)
            await self._posted.mark_posted(incoming.team_id, part_id, PRIVATELY)

    async def tell_whoever_did(
        self, incoming: HasAddress, message: Message, *, replace: bool = False
    ) -> None:
        """Show a message to the one person who did this; `replace`, in place of what they did it under."""
        try:
            await self._web.respond(incoming.response_url, message, replace=replace)
        except SlackRefused as error:
            # The address lives for half an hour and five uses; a member of the channel has another way.
            log.warning("response_url_refused", channel_id=incoming.channel_id, reason=str(error))
            await self._whisper(incoming.channel_id, incoming.user_id, message)

    async def _whisper(self, channel_id: str, user_id: str, message: Message) -> None:
        try:
            await self._web.post_to_one(channel_id, user_id, message)
        except SlackRefused as error:
            if error.error != "user_not_in_channel":
                raise
            # They have left: trying again reaches them no better.
            log.warning("person_not_told", channel_id=channel_id, reason=str(error))

    async def _collapse(self, incoming: ReplyPicked) -> None:
        """Turn the answered question into one line, so that nobody answers it again."""
        try:
            await self._web.update(incoming.channel_id, incoming.message_ts, notice(_answered(incoming)))
        except SlackUnavailable:
            raise  # nothing is posted yet, so that it is simply tried again
        except SlackRefused as error:
            # The question may be deleted by now; the reply matters more.
            log.warning("question_not_collapsed", channel_id=incoming.channel_id, reason=str(error))

    async def _find(self, channel_id: str, thread_ts: str, reply_id: str) -> str:
        said = (
            await self._web.thread(channel_id, thread_ts)
            if thread_ts
            else await self._web.latest(channel_id, RECENT)
        )
        return next((message.ts for message in said if message.reply_id == reply_id), "")


def _answered(incoming: ReplyPicked) -> str:
    answer = ", ".join(map(escape.line, incoming.labels or incoming.picked))
    return words.collapsed(escape.line(incoming.question_text or "Answered"), answer, incoming.user_id)
