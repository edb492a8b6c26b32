"""What is sent of our own accord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.letters import Letter, To
from bot.record import DecisionRecord


@dataclass(frozen=True)
class Attempt:
    """One attempt at a message that nobody asked for. It keeps its id until the message is known to stand."""

    reply_id: str
    earlier: tuple[str, ...] = ()
    """What an attempt before, whose end we do not know, would have told."""


class OutreachMarks(Protocol):
    """What was sent of our own accord, to whom and when. Every method raises StoreUnavailable.

    `kind` is the kind of message and `to` who or where gets it. The time is given: nothing here runs out by
    the store's own clock. A mark from a time that is still to come, by that clock too, was set by one that is
    wrong: it counts for nothing and is forgotten.
    """

    async def claim(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, quiet_since: datetime | None
    ) -> Attempt | None:
        """Return the attempt that `by` may make now; None while another's claim stands.

        None, too, when a message of this kind was sent at `quiet_since` or later.
        """
        ...

    async def intend(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, items: Sequence[str]
    ) -> bool:
        """Write down what is about to be told, before it is posted; False when our claim has run out."""
        ...

    async def confirm(self, team_id: str, kind: str, to: str, attempt: Attempt) -> None:
        """Remember that what was intended was told, at the time when it was intended."""
        ...

    async def release(self, team_id: str, kind: str, to: str, *, by: str) -> None:
        """Give our claim back after a failure; what was intended stays written down."""
        ...

    async def told(self, team_id: str, kind: str, now: datetime) -> Mapping[str, datetime]:
        """Return what was told by messages of a kind, and when last."""
        ...

    async def note(self, team_id: str, kind: str, items: Sequence[str], now: datetime) -> None:
        """Count as told what cannot be told to anybody."""
        ...


class Courier(Protocol):
    """Brings messages that nobody asked for. Every method raises SlackRefused when Slack does not answer."""

    async def zone_of(self, user_id: str, record: DecisionRecord) -> ZoneInfo | None:
        """Return a person's time zone; None for whoever is no member here, or may not see the decision."""
        ...

    async def has_sent(self, to: To, reply_id: str) -> bool:
        """Say whether a message with this id stands there."""
        ...

    async def send(self, letter: Letter, reply_id: str) -> None:
        """Post it."""
        ...
