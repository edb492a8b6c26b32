"""Brings messages that nobody asked for: to one person directly, or into a decision's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.conversation import Place
from bot.errors import NotInChannel, SlackRefused
from bot.letters import Letter, To, ToPerson
from bot.record import DecisionRecord
from bot.slack.access import Access
from bot.slack.audiences import Audiences
from bot.slack.blocks import draw_letter
from bot.slack.payloads import Me
from bot.slack.publisher import RECENT
from bot.slack.upkeep import NOBODY
from bot.slack.viewers import Viewers, as_viewer, is_full_member
from bot.slack.web import SlackWeb


class SlackCourier:
    """Implements `bot.ports.Courier` for the workspace of a token. `zone` is for whoever has set none."""

    def __init__(self, web: SlackWeb, me: Me, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._web = web
        self._me = me
        self._zone = zone
        self._access = Access(web, Viewers(web, clock, me), Audiences(web, clock))

    @property
    def team_id(self) -> str:
        """Return the workspace that the token is for."""
        return self._me.team_id

    async def zone_of(self, user_id: str, record: DecisionRecord) -> ZoneInfo | None:
        """Return a full member's time zone; None for all others and for whoever may not see the decision."""
        try:
            kind = await self._web.user_kind(user_id)
        except SlackRefused as error:
            if error.error in NOBODY:
                return None
            raise
        if not is_full_member(kind, self._me):
            return None
        if record.audience.kind == "workspace":
            # Else, a channel about which Slack does not answer just now would count as private.
            await self._ask_about(record.audience.channel_id)
        permit = await self._access.permit_viewer(record, as_viewer(kind, user_id, "", self._me))
        if permit.is_in_doubt:
            raise SlackRefused("conversations.members", "membership is unknown")
        return _zone(kind.tz, self._zone) if permit.allows("see", record) else None

    async def has_sent(self, to: To, reply_id: str) -> bool:
        """Say whether a message with this id stands there."""
        place = await self._place(to)
        said = (
            await self._web.thread(place.channel_id, place.thread)
            if place.thread
            else await self._web.latest(place.channel_id, RECENT)
        )
        return any(message.reply_id == reply_id for message in said)

    async def send(self, letter: Letter, reply_id: str) -> None:
        """Post it, in one message."""
        place = await self._place(letter.to)
        message, *_ = draw_letter(letter, place)
        await self._web.post(place.channel_id, message, thread_ts=place.thread, reply_id=reply_id)

    async def _place(self, to: To) -> Place:
        if isinstance(to, ToPerson):
            channel_id = await self._web.direct_channel(to.user_id)
            return Place(team_id=self._me.team_id, channel_id=channel_id, thread="")
        return Place(team_id=self._me.team_id, channel_id=to.channel_id, thread=to.thread_ts)

    async def _ask_about(self, channel_id: str) -> None:
        try:
            await self._web.channel_kind(channel_id)
        except NotInChannel:
            # It is there no more, or private without us: that is an answer.
            return


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise
