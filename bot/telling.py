"""Tells people unasked what is news of decisions: gathered by who hears of it, while they are at work.

What can be told to nobody counts as told. A person whom Slack refuses is tried again next time and keeps
nobody waiting.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from bot.errors import SlackRefused
from bot.letters import Letter, To
from bot.outreach import Outreach
from bot.recipients import Recipients, is_humane
from bot.record import DecisionRecord

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class News(Generic[T]):
    """Something to tell of a decision."""

    record: DecisionRecord
    item: str
    """Names it among what was told."""
    what: T
    is_for: Callable[[To], bool] = lambda _: True
    """Whether it is time for it where this one is."""


@dataclass(frozen=True)
class Drafted:
    """A letter, and the items that it tells."""

    letter: Letter
    items: Sequence[str]
    quiet_since: datetime | None = None
    """It waits when they had one at this time or later."""


Draft = Callable[[To, Sequence[News[T]]], Drafted]


async def tell(
    news: AsyncIterable[News[T]],
    draft: Draft[T],
    *,
    outreach: Outreach,
    recipients: Recipients,
    now: datetime,
) -> int:
    """Send one letter to each who hears of something, and return how many were sent.

    Raises StoreUnavailable, and what `news` raises.
    """
    sent = 0
    for to, theirs in (await _gather(news, outreach, recipients, now)).items():
        drafted = draft(to, theirs)
        try:
            sent += await outreach.send(
                drafted.letter, drafted.items, now=now, quiet_since=drafted.quiet_since
            )
        except SlackRefused as error:
            log.warning("letter_failed", kind=outreach.kind, to=to.key, reason=str(error))
    return sent


async def _gather(
    news: AsyncIterable[News[T]], outreach: Outreach, recipients: Recipients, now: datetime
) -> dict[To, list[News[T]]]:
    gathered: dict[To, list[News[T]]] = {}
    async for one in news:
        try:
            to = await recipients.find(one.record)
        except SlackRefused as error:
            log.warning("recipient_unknown", decision_id=one.record.id, reason=str(error))
            continue
        if to is None:
            log.warning("news_reaches_nobody", kind=outreach.kind, decision_id=one.record.id, item=one.item)
            await outreach.marks.note(outreach.team_id, outreach.kind, [one.item], now)
        elif is_humane(now, to.zone) and one.is_for(to):
            gathered.setdefault(to, []).append(one)
    return gathered
