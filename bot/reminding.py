"""Reminds people of decisions to review: gathered, at most one message a week each, in their working hours.

Everything takes the time as an argument. What was not answered is brought up again after four weeks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.letters import ReviewReminder, To
from bot.outreach import Outreach
from bot.ports import DecisionLog
from bot.recipients import Recipients
from bot.record import DecisionRecord
from bot.telling import Drafted, News, tell

KIND = "review"
QUIET_DAYS = 7
AGAIN_AFTER = timedelta(days=28)
MOST_IN_ONE = 6
"""As many as fit one message; the others wait for the next."""
_FURTHEST_AHEAD = timedelta(hours=14)
"""Where a day begins first."""


@dataclass(frozen=True)
class ReviewReminders:
    """The reminders of one workspace."""

    log: DecisionLog
    outreach: Outreach
    recipients: Recipients

    async def send_due(self, now: datetime) -> int:
        """Send what is due, and return how many messages that were.

        Raises StoreUnavailable and StoredDataInvalid.
        """

        def draft(to: To, due: Sequence[News[DecisionRecord]]) -> Drafted:
            shown = due[:MOST_IN_ONE]
            records = tuple(one.what for one in shown)
            today = now.astimezone(to.zone).date()
            letter = ReviewReminder(to, today, records, len(due) - len(shown))
            return Drafted(letter, [one.item for one in shown], _quiet_since(now, to.zone))

        return await tell(self._due(now), draft, outreach=self.outreach, recipients=self.recipients, now=now)

    async def _due(self, now: datetime) -> AsyncIterator[News[DecisionRecord]]:
        team_id = self.outreach.team_id
        told = await self.outreach.marks.told(team_id, KIND, now)
        async for record in self.log.to_review(team_id, (now + _FURTHEST_AHEAD).date()):
            told_at = told.get(_item(record))
            if told_at is None or now - told_at >= AGAIN_AFTER:
                yield News(record, _item(record), record, partial(_is_due, record, now))


def _is_due(record: DecisionRecord, now: datetime, to: To) -> bool:
    return record.review_on is not None and record.review_on <= now.astimezone(to.zone).date()


def _item(record: DecisionRecord) -> str:
    """Return what one reminder brings up: a new day, or a new owner, is another thing to be reminded of.

    Owners are counted, not named: this is kept, and nobody's id may be left in it when they are erased.
    """
    owners = sum(change.what == "owner_changed" for change in record.history)
    return f"{record.id}|{record.review_on}|{owners}"


def _quiet_since(now: datetime, zone: ZoneInfo) -> datetime:
    """Return since when they may have had no reminder, by their own days: not all have 24 hours."""
    first_day = now.astimezone(zone).date() - timedelta(days=QUIET_DAYS - 1)
    return datetime.combine(first_day, time(), zone).astimezone(UTC)
