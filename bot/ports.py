"""What the inside needs from the outside, as protocols; adapters and test fakes implement them.

Every method may raise the error named in its docstring and no vendor's own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from bot.channel_settings import KeptSettings
from bot.conversation import Audience, Conversation, Place
from bot.erasure import Erasure
from bot.feedback import Feedback
from bot.letters import Letter, To
from bot.query import Query
from bot.record import DecisionRecord
from bot.replies import DigestPost
from bot.visibility import Sight
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

    def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        """Yield what is looked for of what is in sight, newest first unless the query says otherwise.

        None is everything, for the operator. Ask `bot.visibility` about each before showing it to a person:
        who may see it can have changed since it was listed. Stop early: they are read in pages.
        """
        ...

    async def resembling(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[float, DecisionRecord]]:
        """Return the decided records in sight whose questions are nearest to a mark of `bot.likeness`.

        Nearest first, with their cosine distances, 0–2.
        """
        ...


class ChannelSettingsStore(Protocol):
    """What channels and workspaces have chosen. Every method raises StoreUnavailable."""

    async def load(self, team_id: str, channel_id: str) -> KeptSettings:
        """Return what a channel has chosen; WORKSPACE for the defaults. Raises StoredDataInvalid."""
        ...

    async def save(self, team_id: str, channel_id: str, settings: KeptSettings) -> bool:
        """Keep settings if they are exactly one revision newer than the kept ones; False when not."""
        ...


@dataclass(frozen=True)
class DigestDue:
    """A channel's next digest. It covers every week from `from_week` on that is over when it is posted."""

    channel_id: str
    at: datetime | None
    """None while the digest is off; `from_week` then says what was covered before."""
    from_week: str


class DigestTimes(Protocol):
    """When each channel's next digest is due. Every method raises StoreUnavailable."""

    async def of_channel(self, team_id: str, channel_id: str) -> DigestDue | None:
        """Return what is known of one channel."""
        ...

    async def due(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        """Return what is due by now, longest due first."""
        ...

    async def put(self, team_id: str, next_: DigestDue) -> None:
        """Set when a channel's digest is due, or that it is off."""
        ...

    async def move(self, team_id: str, due: DigestDue, next_: DigestDue) -> bool:
        """Do the same unless somebody has set another time since `due` was read; False then."""
        ...


Claim = Literal["ours", "theirs", "posted"]


@dataclass(frozen=True)
class DigestPosting:
    """One digest on its way into a channel."""

    post_id: str
    """Random; the same one however often it is tried."""
    tried_since: datetime | None
    """When it was tried first, if it was tried before: it may stand there already."""


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

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> Claim:
        """Say whether `by` may post this channel's digest of `week` ("2026-W47") now; one claimant wins."""
        ...

    async def begin(self, team_id: str, channel_id: str, week: str, now: datetime) -> DigestPosting:
        """Remember that it is being posted, before it is."""
        ...

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        """Remember that it was posted."""
        ...

    async def release(self, team_id: str, channel_id: str, week: str) -> None:
        """Give a claim back after a failure, so that it is tried again."""
        ...


class TermCounts(Protocol):
    """How often terms were asked about openly in a channel, by week. Raises StoreUnavailable."""

    async def count(self, team_id: str, channel_id: str, week: str, term: str) -> None:
        """Count one question."""
        ...

    async def most_asked(
        self, team_id: str, channel_id: str, weeks: Sequence[str], most: int
    ) -> Sequence[tuple[str, int]]:
        """Return the terms that were asked about most in these weeks, with how often."""
        ...


class DigestChannel(Protocol):
    """Where a digest is posted."""

    async def audience_now(self, audience: Audience) -> Audience:
        """Return who may see today what had this audience when it was said: the same people, or fewer."""
        ...

    async def post_digest(self, channel_id: str, digest: DigestPost, posting: DigestPosting) -> None:
        """Post it, unless it stands there already. Raises SlackRefused, NotInChannel, ChannelArchived."""
        ...

    async def tell_paused(self, user_id: str, channel_id: str) -> None:
        """Tell a person directly that a channel's digest cannot be posted any more. Raises SlackRefused."""
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
    age_s: float = 0.0
    """How long ago it was appended when it was taken."""
    trace: str = ""
    """What the trace in which it was appended goes on with (`bot.tracing`)."""


@dataclass(frozen=True)
class InboxState:
    """How far behind we are."""

    backlog: int
    """Entries that are not finished."""
    oldest_s: float
    """How long ago the oldest of them was appended, in seconds."""
    dead_letters: int


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

    async def put_back(self, consumer: str, entry: InboxEntry) -> None:
        """Leave it to whoever takes it next, in a while, without counting this attempt."""
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

    async def state(self) -> InboxState:
        """Return how far behind we are."""
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


class HoldsWords(Protocol):
    """A store in which people's words or ids stand; `bot.forgetting` must know every one of them."""

    async def erase(self, erasure: Erasure) -> int:
        """Erase what is meant, and return in how many places it stood: 0 when it is done again.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        ...


class PlacesOfDecisions(Protocol):
    """Knows where decisions are talked about."""

    async def places_of(self, team_id: str, decision_id: str) -> Sequence[Place]:
        """Return the places of kept conversations that lead to a decision, or go on from it."""
        ...


@dataclass(frozen=True)
class Asking:
    """One question of a person. `once` is the same when it is delivered again."""

    team_id: str
    channel_id: str
    user_id: str
    once: str


@dataclass(frozen=True)
class Admitted:
    """A question may be answered."""


@dataclass(frozen=True)
class Refused:
    """Too many were asked. `whose` were used up; `again_at` is when the next one is taken."""

    whose: Literal["person", "channel", "workspace"]
    again_at: datetime
    is_news: bool
    """The person was not told since it began."""


class QuestionLimits(Protocol):
    """How many questions are taken within an hour."""

    async def admit(self, asking: Asking) -> Admitted | Refused:
        """Count a question, unless it is too many or was counted before. Raises StoreUnavailable."""
        ...


class Departures(Protocol):
    """Workspaces that the app was removed from. Every method raises StoreUnavailable."""

    async def note(self, team_id: str, due: datetime) -> None:
        """Remember when everything of a workspace is to be deleted; an earlier note stays."""
        ...

    async def forget(self, team_id: str) -> bool:
        """Take the note back, because the app is there again; False when there is none."""
        ...

    async def due(self, now: datetime) -> Sequence[str]:
        """Return the workspaces whose time has come."""
        ...


class Workspaces(Protocol):
    """Everything that is kept under the workspaces' own names."""

    async def delete(self, team_id: str) -> int:
        """Delete all of one workspace; returns how many things, 0 if done again. Raises StoreUnavailable."""
        ...


class EntriesOfTeams(Protocol):
    """What is kept of several workspaces in one list."""

    async def drop_of(self, team_id: str) -> int:
        """Drop everything of one workspace; returns how many things. Raises StoreUnavailable."""
        ...
