"""*Continue in thread*: a private answer goes on in a public thread, by the wish of the one who asked."""

from __future__ import annotations

from functools import partial

import structlog

from bot.amending import amend
from bot.conversation import Conversation, Place
from bot.deciding import share
from bot.errors import NotInChannel, SlackRefused
from bot.ports import Conversations, DecisionLog, PostedReplies
from bot.slack import escape, words
from bot.slack.audiences import Audiences
from bot.slack.blocks import draw, notice
from bot.slack.fitting import shorten
from bot.slack.incoming import ContinuePressed
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery, Publisher
from bot.slack.turns import is_about_a_message
from bot.slack.web import SlackWeb

QUESTION_CHARS = 2_000

log = structlog.get_logger(__name__)


class Continuing:
    """Moves a conversation from its private place to a thread that everyone in the channel sees."""

    def __init__(
        self,
        *,
        web: SlackWeb,
        audiences: Audiences,
        conversations: Conversations,
        publisher: Publisher,
        posted: PostedReplies,
        decision_log: DecisionLog,
        me: Me,
    ) -> None:
        self._web = web
        self._audiences = audiences
        self._conversations = conversations
        self._publisher = publisher
        self._posted = posted
        self._log = decision_log
        self._me = me

    async def carry_on(self, pressed: ContinuePressed, delivery: Delivery) -> bool:
        """Post the question and the newest reply as a thread; False when that was not possible.

        Pressing twice opens one thread. Raises SlackRefused and StoreUnavailable.
        """
        conversation = await self._conversations.load(pressed.place)
        if (
            conversation is None
            or conversation.last_reply is None
            or conversation.audience.leaves_out(pressed.user_id)
        ):
            await self._web.respond(pressed.response_url, notice(words.NOTHING_TO_CONTINUE))
            return False
        # One id for each private place, not for each press: the second press finds what the first posted.
        reply_id = await self._posted.reply_id(pressed.team_id, f"continue:{pressed.place.thread}")
        try:
            root_ts = await self._open_thread(pressed, conversation, reply_id, delivery)
        except NotInChannel:
            await self._web.respond(pressed.response_url, notice(words.invite(self._me.name)))
            return False
        place = Place(team_id=pressed.team_id, channel_id=pressed.channel_id, thread=root_ts)
        audience = await self._audiences.of_channel(pressed.channel_id, pressed.user_id)
        moved = await self._conversations.move(conversation.model_copy(update={"audience": audience}), place)
        step = partial(share, by=pressed.user_id, at=pressed.at, place=place, audience=audience)
        await amend(self._log, pressed.team_id, moved.decision_id, step)
        for number, message in enumerate(
            draw(moved.last_reply or conversation.last_reply, place, is_private=False), start=1
        ):
            await self._publisher.post_once(
                pressed.team_id,
                pressed.channel_id,
                message,
                f"{reply_id}-{number}",
                thread_ts=root_ts,
                look_first=True,
            )
        try:
            await self._web.respond(pressed.response_url, notice(words.CONTINUED), replace=True)
        except SlackRefused as error:
            # The thread is there; only the private answer keeps its old buttons.
            log.warning("private_answer_not_replaced", reason=str(error))
        return True

    async def _open_thread(
        self, pressed: ContinuePressed, conversation: Conversation, reply_id: str, delivery: Delivery
    ) -> str:
        known = await self._posted.posted_ts(pressed.team_id, reply_id)
        if known:
            return known
        question = shorten(escape.line(conversation.question), QUESTION_CHARS)
        return await self._publisher.post_once(
            pressed.team_id,
            pressed.channel_id,
            notice(
                words.asks_about(pressed.user_id, conversation.link, question)
                if is_about_a_message(conversation.place)
                else words.asks(pressed.user_id, question)
            ),
            reply_id,
            thread_ts="",
            look_first=delivery.is_repeat,
        )
