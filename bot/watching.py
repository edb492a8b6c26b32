"""Watches the table of providers for decisions that rest on a model which was closed since they were made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.availability import CLOSINGS, closing_since, describe
from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.options import TRAINING
from bot.decision.recommendation import recommend
from bot.decision.statements import Understanding, understand
from bot.letters import ClosedModel, ClosedNotice, To
from bot.outreach import Outreach
from bot.ports import DecisionLog
from bot.recipients import Recipients
from bot.record import DecisionRecord
from bot.telling import Drafted, News, tell
from knowledge.providers import Providers

KIND = "closed"
MOST_IN_ONE = 6
_ALL_REVIEWS = date.max


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

        Raises StoreUnavailable and StoredDataInvalid.
        """

        def draft(to: To, closed: Sequence[News[ClosedModel]]) -> Drafted:
            shown = closed[:MOST_IN_ONE]
            letter = ClosedNotice(to, tuple(one.what for one in shown))
            return Drafted(letter, [one.item for one in shown])

        return await tell(self._news(now), draft, outreach=self.outreach, recipients=self.recipients, now=now)

    async def _news(self, now: datetime) -> AsyncIterator[News[ClosedModel]]:
        team_id = self.outreach.team_id
        told = await self.outreach.marks.told(team_id, KIND, now)
        async for record in self.log.to_review(team_id, _ALL_REVIEWS):
            closed = find_closed(record, self.providers, now.date())
            if closed is not None and closed.key not in told:
                yield News(record, closed.key, closed)


def closed_in(records: Iterable[DecisionRecord], providers: Providers, today: date) -> list[ClosedModel]:
    """Return every decision that rests on something closed."""
    found = (find_closed(record, providers, today) for record in records)
    return [one for one in found if one is not None]
