"""Who may see what is said somewhere. In doubt, hide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import Audience
from bot.errors import SlackRefused, SlackUnavailable
from bot.slack.incoming import is_direct
from bot.slack.web import SlackWeb
from bot.slack.web_answers import ChannelKind

KEPT_FOR = timedelta(minutes=3)
"""A channel turned private is seen as such after this long."""
MOST_KEPT = 1_000
CLOCKS_DIFFER = timedelta(minutes=10)
"""Slack's clock and ours, at most; what it says of a time nearer than that may be of before or after."""


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
        except SlackUnavailable:
            return hidden.model_copy(update={"unknown_at": self._clock()})
        except SlackRefused:
            return hidden
        found = Audience(kind="workspace", channel_id=channel_id) if _is_open(kind) else hidden
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[channel_id] = (self._clock(), found)
        return found

    async def at(self, channel_id: str, at: datetime) -> Audience:
        """Return who could see what was said in a channel at a time. Raises SlackUnavailable.

        What the channel is today counts only if nothing in its settings has changed since, or little before.
        """
        try:
            kind = await self._web.channel_kind(channel_id)
        except SlackUnavailable:
            raise
        except SlackRefused:
            return Audience(kind="conversation", channel_id=channel_id)
        is_same_as_then = 0 < kind.updated < (at - CLOCKS_DIFFER).timestamp() * 1000
        is_open = is_same_as_then and _is_open(kind)
        return Audience(kind="workspace" if is_open else "conversation", channel_id=channel_id)

    async def now(self, audience: Audience) -> Audience:
        """Return who may see today what had this audience when it was said: the same people, or fewer."""
        return await self.of_channel(audience.channel_id, "") if audience.kind == "workspace" else audience


def _is_open(kind: ChannelKind) -> bool:
    is_shared = kind.is_ext_shared or kind.is_pending_ext_shared or kind.is_org_shared
    return kind.is_channel and not (kind.is_private or kind.is_im or kind.is_mpim or is_shared)
