"""Where people meet us first: a hello in a channel, and things to say in a direct message."""

from __future__ import annotations

import structlog

from bot.errors import SlackRefused, SlackUnavailable
from bot.ports import FirstContacts, PostedReplies
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.incoming import ChannelJoined, MessagesOpened
from bot.slack.publisher import Delivery, Publisher
from bot.slack.settings_access import SettingsAccess
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class FirstContact:
    """Introduces us. Raises StoreUnavailable; what Slack refuses here is logged and left."""

    def __init__(
        self,
        web: SlackWeb,
        contacts: FirstContacts,
        posted: PostedReplies,
        publisher: Publisher,
        access: SettingsAccess,
    ) -> None:
        self._web = web
        self._access = access
        self._contacts = contacts
        self._posted = posted
        self._publisher = publisher

    async def greet(self, joined: ChannelJoined, delivery: Delivery) -> str:
        """Say hello, once for each channel however often we are invited. Returns what became of it.

        Whoever let us in is told privately how to set us up there, if they may.
        """
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
        # Only now: after a crash between the two it is better told never than twice.
        await self._tell_how_to_set_up(joined)
        return "greeted"

    async def _tell_how_to_set_up(self, joined: ChannelJoined) -> None:
        user_id, channel_id = joined.user_id, joined.channel_id
        if not user_id or await self._access.refusal_by_kind(user_id, channel_id, is_defaults=False):
            return
        try:
            await self._web.post_to_one(channel_id, user_id, notice(words.HOW_TO_SET_UP))
        except SlackRefused as error:
            # They may have left again; everybody else has the hello.
            log.warning("inviter_not_told", channel_id=channel_id, reason=str(error))

    async def suggest(self, opened: MessagesOpened) -> str:
        """Offer things to say. Returns what became of it."""
        try:
            await self._web.suggest_prompts(opened.channel_id, words.PROMPTS_TITLE, words.PROMPTS)
        except SlackRefused as error:
            log.warning("prompts_not_shown", channel_id=opened.channel_id, reason=str(error))
            return "prompts_not_shown"
        return "prompts"
