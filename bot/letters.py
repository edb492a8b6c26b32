"""What we write to people of our own accord, as values: a reminder of reviews, and news of a closed model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.record import DecisionRecord


@dataclass(frozen=True)
class ToPerson:
    """A direct message."""

    user_id: str
    zone: ZoneInfo

    @property
    def key(self) -> str:
        """Return what tells this recipient from others."""
        return self.user_id


@dataclass(frozen=True)
class ToThread:
    """The thread where the decision was made, when nobody is left to write to."""

    channel_id: str
    thread_ts: str
    zone: ZoneInfo

    @property
    def key(self) -> str:
        """Return what tells this recipient from others."""
        return f"{self.channel_id}:{self.thread_ts}"


To = ToPerson | ToThread


@dataclass(frozen=True)
class ReviewReminder:
    """Decisions whose review is due, the longest due first."""

    to: To
    today: date
    decisions: tuple[DecisionRecord, ...]
    more: int = 0
    """How many more are due and wait for the next reminder."""


@dataclass(frozen=True)
class ClosedModel:
    """What a decision rests on and what is closed now."""

    record: DecisionRecord
    row: str
    """Slug of the model in the provider table."""
    status: str
    model: str
    """The model's name."""
    what: str
    """What has happened to it, as the end of a sentence about the model."""
    evidence: str
    """What the table says, with date and source."""
    headline: str
    """What the same facts lead to with today's table."""
    is_same: bool
    """The policy recommends what people decided all the same."""

    @property
    def key(self) -> str:
        """Return what tells this news from other news."""
        return f"{self.record.id}|{self.row}|{self.status}"


@dataclass(frozen=True)
class ClosedNotice:
    """Models that decisions of one owner rest on were closed."""

    to: To
    closed: tuple[ClosedModel, ...]


Letter = ReviewReminder | ClosedNotice
