"""Where people meet us first: a hello in a channel, and things to say in a direct message."""

from __future__ import annotations

import structlog

from bot.errors import SlackRefused, SlackUnavailable
from bot.ports import FirstContacts, PostedReplies
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.incoming import ChannelJoined, MessagesOpened
from bot.slack.publisher import Delivery, Publisher
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class FirstContact:
    """Introduces us. Raises StoreUnavailable; what Slack refuses here is logged and left."""

    def __init__(
        self, web: SlackWeb, contacts: FirstContacts, posted: PostedReplies, publisher: Publisher
    ) -> None:
        self._web = web
        self._contacts = contacts
        self._posted = posted
        self._publisher = publisher

    async def greet(self, joined: ChannelJoined, delivery: Delivery) -> str:
        """Say hello, once for each channel however often we are invited. Returns what became of it."""
        team_id, channel_id = joined.team_id, joined.channel_id
        if await self._contacts.was_greeted(team_id, channel_id):
            return "greeted_before"
        reply_id = await self._posted.reply_id(team_id, f"hello:{channel_id}")
        try:
            await self._publisher.post_once(
                team_id,
                channel_id,
                notice(words.HELLO),
                reply_id,
                thread_ts="",
                look_first=delivery.is_repeat,
            )
        except SlackUnavailable:
            raise  # it is tried again
        except SlackRefused as error:
            # Thrown out again, or only some may post here: nobody waits for it.
            log.warning("not_greeted", channel_id=channel_id, reason=str(error))
            return "not_greeted"
        await self._contacts.mark_greeted(team_id, channel_id)
        return "greeted"

    async def suggest(self, opened: MessagesOpened) -> str:
        """Offer things to say. Returns what became of it."""
        try:
            await self._web.suggest_prompts(opened.channel_id, words.PROMPTS_TITLE, words.PROMPTS)
        except SlackRefused as error:
            log.warning("prompts_not_shown", channel_id=opened.channel_id, reason=str(error))
            return "prompts_not_shown"
        return "prompts"
