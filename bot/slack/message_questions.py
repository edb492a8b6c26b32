"""*Ask about this message*: a question about somebody's words, answered to whoever asks alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import structlog

from bot.amending import amend
from bot.conversation import Audience, Place, ThreadMessage, Turn
from bot.deciding import move
from bot.errors import NotInChannel, SlackRefused
from bot.ports import Conversations, DecisionLog, PostedReplies
from bot.replies import Reply
from bot.slack import escape, words
from bot.slack.blocks import Message, draw, notice
from bot.slack.fitting import shorten
from bot.slack.incoming import MessageAsked, is_direct
from bot.slack.limiting import Limiting
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery, Publisher
from bot.slack.turns import AdvisorTurn
from bot.slack.web import SlackWeb

QUOTED_CHARS = 1_000

log = structlog.get_logger(__name__)


class MessageQuestions:
    """Answers beside the message where only the person sees it, or else in a direct message."""

    def __init__(
        self,
        *,
        advisor_turn: AdvisorTurn,
        web: SlackWeb,
        conversations: Conversations,
        publisher: Publisher,
        posted: PostedReplies,
        decision_log: DecisionLog,
        limiting: Limiting,
        me: Me,
    ) -> None:
        self._advisor_turn = advisor_turn
        self._web = web
        self._conversations = conversations
        self._publisher = publisher
        self._posted = posted
        self._log = decision_log
        self._limiting = limiting
        self._me = me

    async def answer(self, asked: MessageAsked, delivery: Delivery) -> str:
        """Answer, and return what kind of answer it was. Raises what the advisor, Slack and stores raise."""
        if not await self._limiting.admits(asked):
            return "limited"
        if not any(map(str.isalnum, asked.text)):
            await self._publisher.tell_whoever_did(asked, notice(words.NO_WORDS))
            return "no_words"
        turn = await self._turn(asked)
        reply = await self._advisor_turn(turn)
        if not await self._show(asked, draw(reply, asked.place, is_private=True), delivery):
            await self._show_elsewhere(asked, turn, reply)
        return reply.reply

    async def _turn(self, asked: MessageAsked) -> Turn:
        about = asked.about
        return Turn(
            place=asked.place,
            audience=Audience(kind="person", user_id=asked.user_id),
            author_id=asked.user_id,
            message_id=asked.message_id,
            said_at=asked.at,
            text=words.ASKED_ABOUT,
            about=asked.text,
            # Whoever wrote the message said what it says; whoever asks only asked.
            thread=(
                ThreadMessage(
                    author_id=about.author_id,
                    message_id=about.ts,
                    text=asked.text,
                    is_ours=about.author_id in (self._me.user_id, self._me.bot_id),
                ),
            ),
            link=await self._link(asked),
        )

    async def _link(self, asked: MessageAsked) -> str:
        try:
            return await self._web.permalink(asked.channel_id, asked.about.ts)
        except SlackRefused:
            # Where we are not, there is none for us.
            return ""

    async def _show(self, asked: MessageAsked, messages: Sequence[Message], delivery: Delivery) -> bool:
        """Show it beside the message; False where we are not, or where Slack shows nothing to one alone."""
        try:
            if not await self._is_in(asked.channel_id):
                return False
            await self._publisher.answer_privately(asked, messages, delivery)
        except SlackRefused as error:
            log.warning("not_shown_beside", channel_id=asked.channel_id, reason=str(error))
            return False
        return True

    async def _is_in(self, channel_id: str) -> bool:
        if is_direct(channel_id):
            # One between other people, or ours, where nobody else is.
            return False
        try:
            return (await self._web.channel_kind(channel_id)).is_member
        except NotInChannel:
            return False

    async def _show_elsewhere(self, asked: MessageAsked, turn: Turn, reply: Reply) -> None:
        """Take the conversation to a thread of our direct message, and show the reply there."""
        channel_id = await self._web.direct_channel(asked.user_id)
        # One id for each use of the shortcut: a second try finds what the first one posted.
        reply_id = await self._posted.reply_id(asked.team_id, asked.once)
        post = partial(self._publisher.post_once, asked.team_id, channel_id, look_first=True)
        quote = shorten(escape.line(asked.text), QUOTED_CHARS)
        root_ts = await post(notice(words.answered_here(turn.link, quote)), reply_id, thread_ts="")
        place = Place(team_id=asked.team_id, channel_id=channel_id, thread=root_ts)
        kept = await self._conversations.load(asked.place)
        if kept is not None:
            moved = await self._conversations.move(kept, place)
            step = partial(move, by=asked.user_id, place=place)
            await amend(self._log, asked.team_id, moved.decision_id, step)
        for number, message in enumerate(draw(reply, place, is_private=False), start=1):
            await post(message, f"{reply_id}-{number}", thread_ts=root_ts)
