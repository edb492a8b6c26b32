"""Who may change what holds in a channel: its members, and for a workspace its admins. In doubt, nobody."""

from __future__ import annotations

from bot.errors import NotInChannel, SlackRefused
from bot.slack import settings_words as words
from bot.slack.incoming import is_direct
from bot.slack.payloads import Me
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb


class SettingsAccess:
    """Asks Slack what a person may change."""

    def __init__(self, web: SlackWeb, viewers: Viewers, me: Me) -> None:
        self._web = web
        self._viewers = viewers
        self._me = me

    async def refusal(self, user_id: str, channel_id: str, *, is_defaults: bool = False) -> str:
        """Return why a person may not change a channel's settings, or the workspace's; "" when they may."""
        refusal = await self.refusal_by_kind(user_id, channel_id, is_defaults=is_defaults)
        if refusal or is_defaults:
            return refusal
        try:
            return "" if await self._web.is_member(channel_id, user_id) else words.MEMBERS_ONLY
        except NotInChannel:
            return words.invite(self._me.name)
        except SlackRefused:
            return words.CANNOT_CHECK

    async def refusal_by_kind(self, user_id: str, channel_id: str, *, is_defaults: bool) -> str:
        """Return the same without asking for the channel's members, which may take many calls."""
        viewer = await self._viewers.viewer(user_id, channel_id)
        if viewer.is_guest or viewer.is_outsider:
            return words.NO_GUESTS
        if is_defaults:
            return "" if viewer.is_admin else words.ADMINS_ONLY
        return words.NOT_ADDRESSED_HERE if is_direct(channel_id) else ""
