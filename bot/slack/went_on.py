"""Private answers that went on in the channel: what was shown to one person is an old copy from then on."""

from __future__ import annotations

import structlog

from bot.conversation import Conversation, Place
from bot.errors import SlackRefused
from bot.ports import Conversations, PostedReplies
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.publisher import HasAddress, Publisher
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class WentOn:
    """Knows where they went on. Raises StoreUnavailable and StoredDataInvalid."""

    def __init__(
        self, web: SlackWeb, conversations: Conversations, publisher: Publisher, posted: PostedReplies
    ) -> None:
        self._web = web
        self._conversations = conversations
        self._publisher = publisher
        self._posted = posted

    async def root_id(self, private: Place) -> str:
        """Return the id of the message that begins its thread, once it is posted.

        It is one for each private place, not for each press: the second press finds what the first posted.
        """
        return await self._posted.reply_id(private.team_id, f"continue:{private.thread}")

    async def conversation(self, private: Place) -> Conversation | None:
        """Return the conversation in the channel, as which it went on; None where it did not."""
        root_ts = await self._posted.posted_ts(private.team_id, await self.root_id(private))
        return await self._conversations.load(under(private, root_ts)) if root_ts else None

    async def lead_there(self, incoming: HasAddress, public: Conversation) -> None:
        """Put the way there in place of the old copy. Raises SlackRefused."""
        place = public.place
        try:
            address = await self._web.permalink(place.channel_id, place.thread)
        except SlackRefused as error:
            log.warning("link_unknown", channel_id=place.channel_id, reason=str(error))
            address = ""
        await self._publisher.tell_whoever_did(incoming, notice(words.went_on(address)), replace=True)


def under(private: Place, root_ts: str) -> Place:
    """Return the place under the message that begins the thread."""
    return private.model_copy(update={"thread": root_ts})
