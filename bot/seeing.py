"""What one viewer may see today: the rule of `bot.visibility`, and what has become of channels since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.conversation import Audience
from bot.record import DecisionRecord
from bot.visibility import Viewer, is_open_to

AudienceNow = Callable[[Audience], Awaitable[Audience]]
"""Who may see today what had this audience when it was said: the same people, or fewer."""


class Look:
    """One look of one viewer, which asks about each audience once."""

    def __init__(self, viewer: Viewer, audience_now: AudienceNow) -> None:
        self._viewer = viewer
        self._audience_now = audience_now
        self._asked: dict[Audience, Audience] = {}

    async def reaches(self, record: DecisionRecord) -> bool:
        """Say whether the viewer may see this record."""
        return await self.reaches_into(record.audience)

    async def reaches_into(self, audience: Audience) -> bool:
        """Say whether what has this audience is open to the viewer today."""
        # Whoever could not see it then cannot now; Slack need not be asked.
        if not is_open_to(audience, self._viewer):
            return False
        if audience not in self._asked:
            self._asked[audience] = await self._audience_now(audience)
        return is_open_to(self._asked[audience], self._viewer)
