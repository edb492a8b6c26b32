"""Whether a channel's settings let somebody ask, answer or decide there."""

from __future__ import annotations

from bot.channel_settings import ChannelSettings
from bot.house_rules import HouseRules
from bot.slack import settings_words as words
from bot.slack.blocks import Message, notice
from bot.slack.incoming import (
    AppRemoved,
    Arrived,
    ChannelJoined,
    HomeOpened,
    Incoming,
    KeepPressed,
    Mentioned,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    MessagesOpened,
    OnAnswer,
    SettingsSubmitted,
    ToOpen,
    is_direct,
)
from bot.slack.publisher import Publisher
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb

_OPEN_TO_ALL = (
    *(AppRemoved, ChannelJoined, HomeOpened, KeepPressed, MessageDeleted, MessagesOpened),
    *(OnAnswer, SettingsSubmitted),
)
"""By these nothing is asked, answered or decided; who may change settings is asked where they are kept.

What somebody deleted is forgotten whoever they are.
"""


class Gate:
    """Lets in whom a channel's people let in. Direct messages have no settings and are open."""

    def __init__(self, house: HouseRules, viewers: Viewers, web: SlackWeb, publisher: Publisher) -> None:
        self._house = house
        self._viewers = viewers
        self._web = web
        self._publisher = publisher

    async def admits(self, incoming: Incoming) -> bool:
        """Say whether it may go on; whoever is kept out is told so alone. Raises what stores and Slack raise.

        Replies without a mention are dropped in silence: they may be people talking to each other.
        """
        if isinstance(incoming, _OPEN_TO_ALL) or is_direct(incoming.channel_id):
            return True
        settings = await self._house.of_channel(incoming.team_id, incoming.channel_id)
        if isinstance(incoming, MessageSent) and not settings.follows_up:
            return False
        if refusal := await self._refusal(incoming, settings):
            await self._tell(incoming, notice(refusal))
        return not refusal

    async def refusal(self, asked: ToOpen) -> str:
        """Return why a person gets no form to fill in, or "": they should not hear it only afterwards.

        Raises what stores raise.
        """
        if is_direct(asked.channel_id):
            return ""
        settings = await self._house.of_channel(asked.team_id, asked.channel_id)
        return await self._refusal(asked, settings)

    async def _refusal(self, arrived: Arrived, settings: ChannelSettings) -> str:
        match settings.who_may_ask:
            case "everyone":
                return ""
            case "nobody":
                return words.SWITCHED_OFF_HERE
            case "members":
                viewer = await self._viewers.viewer(arrived.user_id, arrived.channel_id)
                return words.MEMBERS_MAY_ASK if viewer.is_guest or viewer.is_outsider else ""

    async def _tell(self, incoming: Incoming, message: Message) -> None:
        channel_id, user_id = incoming.channel_id, incoming.user_id
        match incoming:
            case MessageSent() | MessageEdited():
                return
            case Mentioned():
                await self._web.post_to_one(channel_id, user_id, message, thread_ts=incoming.thread_ts)
            case _ if isinstance(incoming, _OPEN_TO_ALL):
                return
            case _:
                await self._publisher.tell_whoever_did(incoming, message)
