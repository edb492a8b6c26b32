"""Who may see what is said somewhere. In doubt, hide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import Audience
from bot.errors import SlackRefused
from bot.slack.incoming import is_direct
from bot.slack.web import SlackWeb

KEPT_FOR = timedelta(minutes=3)
"""A channel turned private is seen as such after this long."""
MOST_KEPT = 1_000


class Audiences:
    """The audience of each channel, asked of Slack and kept for a few minutes."""

    def __init__(self, web: SlackWeb, clock: Callable[[], datetime]) -> None:
        self._web = web
        self._clock = clock
        self._kept: dict[str, tuple[datetime, Audience]] = {}

    async def of_channel(self, channel_id: str, user_id: str) -> Audience:
        """Return who may see what `user_id` says openly in a channel."""
        if is_direct(channel_id):
            return Audience(kind="person", user_id=user_id)
        asked_at, audience = self._kept.get(channel_id, (self._clock(), None))
        # Not before it either: after a clock is set back, what was asked would be kept for as long again.
        if audience is not None and asked_at <= self._clock() < asked_at + KEPT_FOR:
            return audience
        hidden = Audience(kind="conversation", channel_id=channel_id)
        try:
            kind = await self._web.channel_kind(channel_id)
        except SlackRefused:
            return hidden
        is_shared = kind.is_ext_shared or kind.is_pending_ext_shared or kind.is_org_shared
        is_hidden = kind.is_private or kind.is_im or kind.is_mpim or is_shared or not kind.is_channel
        found = hidden if is_hidden else Audience(kind="workspace", channel_id=channel_id)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[channel_id] = (self._clock(), found)
        return found

    async def now(self, audience: Audience) -> Audience:
        """Return who may see today what had this audience when it was said: the same people, or fewer."""
        return await self.of_channel(audience.channel_id, "") if audience.kind == "workspace" else audience
