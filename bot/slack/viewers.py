"""Who looks at decisions: a member, a guest, or somebody of another organisation. In doubt, a guest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.conversation import Turn
from bot.errors import SlackRefused
from bot.slack.payloads import Me
from bot.slack.web import SlackWeb
from bot.slack.web_answers import UserKind
from bot.visibility import Viewer

KEPT_FOR = timedelta(minutes=3)
"""A member who was made a guest is seen as one after this long."""
MOST_KEPT = 1_000

log = structlog.get_logger(__name__)


def as_viewer(kind: UserKind, user_id: str, channel_id: str, me: Me) -> Viewer:
    """Return a person as a viewer. Whoever is an admin elsewhere is none here."""
    is_guest = kind.is_restricted or kind.is_ultra_restricted
    # Whoever has left belongs to nobody here any more.
    is_outsider = kind.is_stranger or kind.deleted or kind.team_id != me.team_id
    is_at_home = not (is_guest or is_outsider or kind.deleted or kind.is_bot)
    return Viewer(
        user_id,
        channel_id,
        is_guest=is_guest,
        is_outsider=is_outsider,
        is_admin=is_at_home and (kind.is_admin or kind.is_owner),
    )


def is_full_member(kind: UserKind, me: Me) -> bool:
    """Say whether this is a person who works here now: no guest, no app, nobody who has left."""
    viewer = as_viewer(kind, "", "", me)
    return not (viewer.is_guest or viewer.is_outsider or kind.deleted or kind.is_bot)


class Viewers:
    """What kind of member each person is, asked of Slack and kept for a few minutes."""

    def __init__(self, web: SlackWeb, clock: Callable[[], datetime], me: Me) -> None:
        self._web = web
        self._clock = clock
        self._me = me
        self._kept: dict[str, tuple[datetime, UserKind]] = {}

    async def viewer(self, user_id: str, channel_id: str) -> Viewer:
        """Return the person as a viewer who looks from within a channel."""
        try:
            kind = await self._kind(user_id)
        except SlackRefused as error:
            log.warning("viewer_unknown", user_id=user_id, reason=str(error))
            return Viewer(user_id, channel_id, is_guest=True, is_outsider=True)
        return as_viewer(kind, user_id, channel_id, self._me)

    async def zone_of(self, user_id: str) -> str:
        """Return a person's time zone, such as "Europe/Berlin"; "" when Slack does not say."""
        try:
            return (await self._kind(user_id)).tz
        except SlackRefused as error:
            log.warning("zone_unknown", user_id=user_id, reason=str(error))
            return ""

    async def name_of(self, user_id: str) -> str:
        """Return what a person is called, for where a mention would call them; "" when Slack does not say."""
        try:
            kind = await self._kind(user_id)
        except SlackRefused as error:
            log.warning("name_unknown", user_id=user_id, reason=str(error))
            return ""
        return kind.profile.display_name or kind.profile.real_name or kind.name

    async def reader(self, turn: Turn) -> Viewer:
        """Return for whom the answer to a turn has to be fit: who reads it alone, or anyone who may be there.

        Guests may read along in a public channel, and in a conversation people of other organisations.
        """
        if turn.audience.kind == "person":
            return await self.viewer(turn.audience.user_id, turn.place.channel_id)
        return Viewer("", turn.place.channel_id, is_guest=True, is_outsider=True)

    async def _kind(self, user_id: str) -> UserKind:
        asked_at, kind = self._kept.get(user_id, (self._clock(), None))
        # Not before it either: after a clock is set back, what was asked would be kept for as long again.
        if kind is not None and asked_at <= self._clock() < asked_at + KEPT_FOR:
            return kind
        kind = await self._web.user_kind(user_id)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[user_id] = (self._clock(), kind)
        return kind
