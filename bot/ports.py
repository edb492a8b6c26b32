"""What the inside needs from the outside, as protocols; adapters and test fakes implement them.

Every method may raise the error named in its docstring and no vendor's own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.conversation import Conversation, Place
from bot.feedback import Feedback
from bot.letters import Letter, To
from bot.record import DecisionRecord
from bot.replies import DigestPost
from knowledge.passage import Passage


class Passages(Protocol):
    """The glossary and the team's own documents, searchable."""

    @property
    def version(self) -> str:
        """Return a fingerprint of what is indexed, for the record."""
        ...

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        """Return the best passages, best first; empty when nothing covers it. Raises PassagesUnavailable."""
        ...

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        """Return the passage of one term that is nearest to a claim, one that cites the evidence if any does.

        Raises PassagesUnavailable.
        """
        ...


class Conversations(Protocol):
    """Conversations between turns. Every method raises StoreUnavailable."""

    async def load(self, place: Place) -> Conversation | None:
        """Return the conversation at a place. Raises StoredDataInvalid."""
        ...

    async def save(self, conversation: Conversation) -> None:
        """Keep it if it is exactly one revision newer than the kept one. Raises ConversationMoved."""
        ...

    async def move(self, conversation: Conversation, place: Place) -> Conversation:
        """Keep a copy at another place, unless one is there already, and return what is there now."""
        ...

    async def waiting(self, team_id: str, user_id: str, most: int) -> Sequence[Conversation]:
        """Return at most so many that this person opened and whose question waits, newest turn first.

        Filter by `bot.visibility` before showing any. Raises StoredDataInvalid.
        """
        ...


class DecisionLog(Protocol):
    """The kept decisions. Every method raises StoreUnavailable and StoredDataInvalid."""

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        """Return one record."""
        ...

    async def save(self, record: DecisionRecord) -> None:
        """Keep a new record, or a record whose revisions and history extend the kept one's.

        Raises ConversationMoved when the kept one holds something that `record` lacks.
        """
        ...

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> Sequence[str]:
        """Return the ids of the decisions that quote a message, or did. Raises StoreUnavailable only."""
        ...

    def between(self, team_id: str, since: datetime, until: datetime) -> AsyncIterator[DecisionRecord]:
        """Yield records decided in [since, until), oldest first. Filter by audience before showing any."""
        ...

    def newest(self, team_id: str, most: int) -> AsyncGenerator[DecisionRecord, None]:
        """Yield at most so many records, the last decided first; they are read in pages, so stop early.

        Filter by `bot.visibility` before showing, ranking or counting any.
        """
        ...

    def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        """Yield the decisions in force whose review is due by a day, the longest due first.

        Filter by `bot.visibility` before showing any.
        """
        ...


class FeedbackBox(Protocol):
    """What people thought of answers. Every method raises StoreUnavailable and StoredDataInvalid."""

    async def keep(self, feedback: Feedback) -> None:
        """Keep a verdict in place of the same person's earlier one on the same answer."""
        ...

    async def since(self, since: datetime, team_id: str = "") -> Sequence[Feedback]:
        """Return the verdicts since then, oldest first, of one workspace or of all: for the operator only."""
        ...


class DigestMarks(Protocol):
    """Which weekly digests were posted. Every method raises StoreUnavailable."""

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> bool:
        """Say whether `by` may post this channel's digest of `week` ("2026-W47") now; one claimant wins."""
        ...

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        """Remember that it was posted."""
        ...

    async def release(self, team_id: str, channel_id: str, week: str) -> None:
        """Give a claim back after a failure, so that it is tried again."""
        ...


class DigestChannel(Protocol):
    """Where a digest is posted."""

    async def post_digest(self, channel_id: str, digest: DigestPost) -> None:
        """Post it. Raises SlackRefused, NotInChannel among it."""
        ...


@dataclass(frozen=True)
class InboxEntry:
    """One thing that Slack told us, taken from the inbox and not yet finished."""

    id: str
    order_key: str
    """Entries with the same key are handled one after another."""
    body: str
    """JSON, as it was appended."""
    attempts: int
    """1 for the first time it is taken."""


class Inbox(Protocol):
    """Durable list of what Slack told us. Every method raises StoreUnavailable."""

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        """Keep it before it is acknowledged; False when `once` was appended before. Gives up within 1 s."""
        ...

    async def has_taken(self, once: str) -> bool:
        """Say whether `once` was appended lately, finished or not."""
        ...

    async def take(self, consumer: str, limit: int, wait_ms: int) -> Sequence[InboxEntry]:
        """Return new entries and those of dead consumers, waiting for at most `wait_ms`."""
        ...

    async def keep(self, consumer: str, entries: Sequence[InboxEntry]) -> None:
        """Say that these are still being worked on, so that nobody else claims them."""
        ...

    async def finish(self, entry: InboxEntry) -> None:
        """Mark it as done and drop it."""
        ...

    async def bury(self, entry: InboxEntry, reason: str) -> None:
        """Move it to the dead letters, with a reason."""
        ...

    async def backlog(self) -> int:
        """Return how many entries are not finished."""
        ...


@dataclass(frozen=True)
class Spot:
    """Where a message stands. `thread_ts` is "" at top level."""

    channel_id: str
    ts: str
    thread_ts: str


class PostedReplies(Protocol):
    """Which replies were posted where. Every method raises StoreUnavailable."""

    async def reply_id(self, team_id: str, entry_id: str) -> str:
        """Return the random id of the reply to an inbox entry: the same one for the same entry."""
        ...

    async def posted_ts(self, team_id: str, reply_id: str) -> str | None:
        """Return the ts of the message that was posted for it, or None."""
        ...

    async def mark_posted(self, team_id: str, reply_id: str, ts: str) -> None:
        """Remember that it was posted."""
        ...

    async def mark_shown(self, team_id: str, decision_id: str, spot: Spot) -> None:
        """Remember that a message shows this recommendation."""
        ...

    async def shown_at(self, team_id: str, decision_id: str) -> Sequence[Spot]:
        """Return where messages with this recommendation stand, the newest first."""
        ...


@dataclass(frozen=True)
class Attempt:
    """One attempt at a message that nobody asked for. It keeps its id until the message is known to stand."""

    reply_id: str
    earlier: tuple[str, ...] = ()
    """What an attempt before, whose end we do not know, would have told."""


class OutreachMarks(Protocol):
    """What was sent of our own accord, to whom and when. Every method raises StoreUnavailable.

    `kind` is the kind of message and `to` who or where gets it. The time is given: nothing here runs out by
    the store's own clock.
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

    async def told(self, team_id: str, kind: str) -> Mapping[str, datetime]:
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


class FirstContacts(Protocol):
    """Where we introduced ourselves, and to whom we show a Home. Every method raises StoreUnavailable."""

    async def was_greeted(self, team_id: str, channel_id: str) -> bool:
        """Say whether we said hello in a channel."""
        ...

    async def mark_greeted(self, team_id: str, channel_id: str) -> None:
        """Remember that we did."""
        ...

    async def home_days(self, team_id: str, user_id: str) -> int | None:
        """Return how many days a person's Home looks back; None when they have not opened it lately."""
        ...

    async def keep_home(self, team_id: str, user_id: str, days: int) -> None:
        """Remember that a person opened their Home, and how far it looks back."""
        ...
