"""Watches the table of providers for decisions that rest on a model which was closed since they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from bot.availability import CLOSINGS, closing_since, describe
from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.options import TRAINING
from bot.decision.recommendation import recommend
from bot.decision.statements import Understanding, understand
from bot.errors import SlackRefused
from bot.letters import ClosedModel, ClosedNotice, To
from bot.outreach import Outreach
from bot.ports import DecisionLog
from bot.recipients import Recipients, is_humane
from bot.record import DecisionRecord
from knowledge.providers import Providers

KIND = "closed"
MOST_IN_ONE = 6
_ALL_REVIEWS = date.max

log = structlog.get_logger(__name__)


def find_closed(record: DecisionRecord, providers: Providers, today: date) -> ClosedModel | None:
    """Return what a decision to train rests on and is closed today, and was not when it was recommended.

    The model is the one that its statements name. The new advice is the policy's, from the same statements
    with the table's word of today.
    """
    if not _rests_on_training(record):
        return None
    understood = _understood(record)
    base = understood.facts.base_model
    row = providers.find(base) if base else None
    if row is None:
        return None
    evidence = understood.evidence.get("base_tunable")
    is_table_only = evidence is not None and evidence.source == "inferred"
    closing = closing_since(row, understood.facts, today, is_table_only=is_table_only)
    if closing is None:
        return None
    status, changes = closing
    now = recommend(understood.facts.with_values(changes))
    return ClosedModel(
        record=record,
        row=row.slug,
        status=status,
        model=row.name,
        what=CLOSINGS[status],
        evidence=describe(row, today),
        headline=now.headline,
        is_same=now.option == record.decided_option,
    )


def _rests_on_training(record: DecisionRecord) -> bool:
    decided, current = record.decided_option, record.current
    if not record.is_in_force or decided is None:
        return False
    return decided in TRAINING or (decided == current.option and current.direction in TRAINING)


def _understood(record: DecisionRecord) -> Understanding:
    current = record.current
    return settle_carefully(keep_conflicts_that_matter(understand(current.statements)), current.asked)


@dataclass(frozen=True)
class AvailabilityWatch:
    """Tells owners, once for each decision, model and kind of closing. Everything takes the time."""

    log: DecisionLog
    providers: Providers
    outreach: Outreach
    recipients: Recipients

    async def send_news(self, now: datetime) -> int:
        """Send what is new, and return how many messages that were.

        Whoever sleeps is written to when they work; a person whom Slack refuses, next time. Raises
        StoreUnavailable and StoredDataInvalid.
        """
        sent = 0
        for to, closed in (await self._news(now)).items():
            letter = ClosedNotice(to, tuple(closed[:MOST_IN_ONE]))
            keys = [one.key for one in letter.closed]
            try:
                sent += await self.outreach.send(letter, keys, now=now, quiet_since=None)
            except SlackRefused as error:
                log.warning("notice_failed", to=to.key, reason=str(error))
        return sent

    async def _news(self, now: datetime) -> dict[To, list[ClosedModel]]:
        team_id = self.outreach.team_id
        told = await self.outreach.marks.told(team_id, KIND)
        news: dict[To, list[ClosedModel]] = {}
        async for record in self.log.to_review(team_id, _ALL_REVIEWS):
            closed = find_closed(record, self.providers, now.date())
            if closed is None or closed.key in told:
                continue
            try:
                to = await self.recipients.find(record)
            except SlackRefused as error:
                log.warning("recipient_unknown", decision_id=record.id, reason=str(error))
                continue
            if to is None:
                log.warning("closing_reaches_nobody", decision_id=record.id, row=closed.row)
                await self.outreach.marks.note(team_id, KIND, [closed.key], now)
            elif is_humane(now, to.zone):
                news.setdefault(to, []).append(closed)
        return news


def closed_in(records: Iterable[DecisionRecord], providers: Providers, today: date) -> list[ClosedModel]:
    """Return every decision that rests on something closed."""
    found = (find_closed(record, providers, today) for record in records)
    return [one for one in found if one is not None]
