"""Finds out later who may see a decision, where Slack could not say so when it was talked about.

Until then it is hidden from all but the channel. It is opened only when Slack says that the channel is open
now, and that its settings have not been changed since.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.conversation import Audience
from bot.looking import going_on, look_every
from bot.ports import DecisionLog

LOOK_EVERY_S = 3_600.0
MOST_AT_ONCE = 100
"""Slack takes some fifty such questions a minute."""

AudienceAt = Callable[[str, datetime], Awaitable[Audience]]
"""Says who could see what was said in a channel at a time. Raises SlackUnavailable if Slack does not say."""

log = structlog.get_logger(__name__)


class AudienceSettling:
    """Looks every hour for decisions of a workspace whose audience is unknown; any replica may be first."""

    def __init__(
        self,
        decisions: DecisionLog,
        team_id: str,
        audience_at: AudienceAt,
    ) -> None:
        self._decisions = decisions
        self._team_id = team_id
        self._audience_at = audience_at

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await look_every(LOOK_EVERY_S, self.look, stop)

    async def look(self) -> None:
        """Settle what can be; what fails is tried again the next time."""
        with going_on("audiences_not_settled"):
            for id_ in await self._decisions.of_unknown_audience(self._team_id, MOST_AT_ONCE):
                with going_on("audience_not_settled", decision_id=id_):
                    await self._settle(id_)

    async def _settle(self, decision_id: str) -> None:
        record = await self._decisions.load(self._team_id, decision_id)
        if record is None or record.audience.unknown_at is None:
            return
        audience = await self._audience_at(record.audience.channel_id, record.audience.unknown_at)
        await self._decisions.save(record.model_copy(update={"audience": audience}))
        log.info("audience_settled", decision_id=decision_id, audience=audience.kind)
