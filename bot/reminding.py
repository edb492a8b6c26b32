"""Reminds people of decisions to review: gathered, at most one message a week each, in their working hours.

Everything takes the time as an argument. What was not answered is brought up again after four weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.errors import SlackRefused
from bot.letters import ReviewReminder, To
from bot.outreach import Outreach
from bot.ports import DecisionLog
from bot.recipients import Recipients, is_humane
from bot.record import DecisionRecord

KIND = "review"
QUIET_DAYS = 7
AGAIN_AFTER = timedelta(days=28)
MOST_IN_ONE = 6
"""As many as fit one message; the others wait for the next."""
_FURTHEST_AHEAD = timedelta(hours=14)
"""Where a day begins first."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ReviewReminders:
    """The reminders of one workspace."""

    log: DecisionLog
    outreach: Outreach
    recipients: Recipients

    async def send_due(self, now: datetime) -> int:
        """Send what is due, and return how many messages that were.

        A person whom Slack refuses is tried again next time and keeps nobody waiting. Raises StoreUnavailable
        and StoredDataInvalid.
        """
        sent = 0
        for to, due in (await self._due(now)).items():
            today = now.astimezone(to.zone).date()
            shown = due[:MOST_IN_ONE]
            letter = ReviewReminder(to, today, tuple(shown), len(due) - len(shown))
            try:
                sent += await self.outreach.send(
                    letter, list(map(_item, shown)), now=now, quiet_since=_quiet_since(now, to.zone)
                )
            except SlackRefused as error:
                log.warning("reminder_failed", to=to.key, reason=str(error))
        return sent

    async def _due(self, now: datetime) -> dict[To, list[DecisionRecord]]:
        team_id = self.outreach.team_id
        told = await self.outreach.marks.told(team_id, KIND)
        due: dict[To, list[DecisionRecord]] = {}
        async for record in self.log.to_review(team_id, (now + _FURTHEST_AHEAD).date()):
            told_at = told.get(_item(record))
            if told_at is not None and now - told_at < AGAIN_AFTER:
                continue
            try:
                to = await self.recipients.find(record)
            except SlackRefused as error:
                log.warning("recipient_unknown", decision_id=record.id, reason=str(error))
                continue
            if to is None:
                log.warning("review_reaches_nobody", decision_id=record.id)
                await self.outreach.marks.note(team_id, KIND, [_item(record)], now)
            elif is_humane(now, to.zone) and _is_due(record, now, to.zone):
                due.setdefault(to, []).append(record)
        return due


def _is_due(record: DecisionRecord, now: datetime, zone: ZoneInfo) -> bool:
    return record.review_on is not None and record.review_on <= now.astimezone(zone).date()


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
