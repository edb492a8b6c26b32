"""What a channel's people want of threads: that a command opens one for all, that replies mention us."""

from __future__ import annotations

import structlog

from bot.conversation import Place
from bot.errors import NotInChannel
from bot.house_rules import HouseRules
from bot.ports import PostedReplies
from bot.slack import escape, words
from bot.slack.blocks import notice
from bot.slack.fitting import shorten
from bot.slack.incoming import CommandCalled, Mentioned, is_direct
from bot.slack.publisher import Delivery, Publisher

QUESTION_CHARS = 2_000

log = structlog.get_logger(__name__)


class Opening:
    """Opens threads where a channel's people want answers to be public, and knows who is read in them."""

    def __init__(self, house: HouseRules, publisher: Publisher, posted: PostedReplies) -> None:
        self._house = house
        self._publisher = publisher
        self._posted = posted

    async def needs_mention(self, place: Place) -> bool:
        """Say whether words in that thread are read only when they mention us."""
        return not is_direct(place.channel_id) and await self._house.needs_mention(
            place.team_id, place.channel_id
        )

    async def opened(self, called: CommandCalled, delivery: Delivery) -> CommandCalled | Mentioned:
        """Return the command as a message that opened a thread, or as it is where its answer is private.

        Where we cannot post, it stays private. Raises what stores and Slack raise.
        """
        if is_direct(called.channel_id):
            return called
        settings = await self._house.of_channel(called.team_id, called.channel_id)
        if settings.command_answers == "private":
            return called
        reply_id = await self._posted.reply_id(called.team_id, f"opening:{delivery.entry_id}")
        question = shorten(escape.line(called.text), QUESTION_CHARS)
        try:
            ts = await self._publisher.post_once(
                called.team_id,
                called.channel_id,
                notice(words.asks(called.user_id, question)),
                reply_id,
                thread_ts="",
                look_first=delivery.is_repeat,
            )
        except NotInChannel as error:
            log.info("answered_privately", channel_id=called.channel_id, reason=str(error))
            return called
        return Mentioned(
            team_id=called.team_id,
            channel_id=called.channel_id,
            user_id=called.user_id,
            at=called.at,
            ts=ts,
            text=called.text,
        )
