"""What a person may do with a decision now: who they are, who may see it today, and who is in there.

A form or a button may be older than all of these. In doubt, nothing may be done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from bot.conversation import Audience
from bot.errors import SlackRefused, SlackUnavailable
from bot.permissions import Action, may
from bot.record import DecisionRecord
from bot.slack.audiences import Audiences
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb
from bot.visibility import Viewer

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Permit:
    """One person before one decision, as of now."""

    viewer: Viewer
    audience_then: Audience
    audience_now: Audience
    is_in_doubt: bool = False
    """Slack did not say whether they are in the channel."""

    def allows(self, action: Action, record: DecisionRecord) -> bool:
        """Say whether they may; a record that was shared meanwhile has to be looked at anew."""
        if record.audience != self.audience_then:
            return False
        return may(self.viewer, action, record.model_copy(update={"audience": self.audience_now}))


class Access:
    """Asks Slack what `bot.permissions` needs to know."""

    def __init__(self, web: SlackWeb, viewers: Viewers, audiences: Audiences) -> None:
        self._web = web
        self._viewers = viewers
        self._audiences = audiences

    async def permit(self, record: DecisionRecord, user_id: str, channel_id: str) -> Permit:
        """Return what a person may do who acts in a channel."""
        return await self.permit_viewer(record, await self._viewers.viewer(user_id, channel_id))

    async def permit_viewer(self, record: DecisionRecord, viewer: Viewer) -> Permit:
        """Return the same for somebody who is known already.

        What a conversation holds is seen from within it: there stands whoever is its member now, wherever
        they act. Members of the workspace need not be in a public channel.
        """
        now = await self._audiences.now(record.audience)
        is_a_members = now.kind == "workspace" and not (viewer.is_guest or viewer.is_outsider)
        if now.kind == "person" or is_a_members:
            return Permit(viewer, record.audience, now)
        try:
            is_within = await self._web.is_member(now.channel_id, viewer.user_id)
        except SlackUnavailable:
            raise  # it is tried again; to doubt everybody meanwhile would be worse
        except SlackRefused as error:
            log.warning("membership_unknown", channel_id=now.channel_id, reason=str(error))
            return Permit(replace(viewer, channel_id=""), record.audience, now, is_in_doubt=True)
        stands_in = now.channel_id if is_within else ""
        return Permit(replace(viewer, channel_id=stands_in), record.audience, now)
