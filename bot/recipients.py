"""Who hears of a decision when nobody asked: its owner, else whoever decided it, else its thread.

Only a full member of the workspace who may see the decision today is written to. What belongs to one person
alone goes to nobody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.letters import To, ToPerson, ToThread
from bot.ports import Courier
from bot.record import DecisionRecord

FIRST_HOUR = 9
LAST_HOUR = 17
_SATURDAY = 5
_TS = re.compile(r"\d+\.\d+", re.ASCII)
"""A thread; other places are private answers, or a direct message's top level."""


@dataclass(frozen=True)
class Recipients:
    """Finds who to write to. `zone` is the workspace's, for threads."""

    courier: Courier
    zone: ZoneInfo

    async def find(self, record: DecisionRecord) -> To | None:
        """Return who hears of it; None when nobody may. Raises SlackRefused when Slack does not say."""
        for user_id in dict.fromkeys(filter(None, (record.owner, record.decided_by))):
            zone = await self.courier.zone_of(user_id, record)
            if zone is not None:
                return ToPerson(user_id, zone)
        thread = record.place.thread
        if record.audience.kind == "person" or _TS.fullmatch(thread) is None:
            return None
        return ToThread(record.place.channel_id, thread, self.zone)


def is_humane(now: datetime, zone: ZoneInfo) -> bool:
    """Say whether somebody there can be written to now: in the working hours of a working day."""
    local = now.astimezone(zone)
    return local.weekday() < _SATURDAY and FIRST_HOUR <= local.hour < LAST_HOUR
