"""What Slack told us and is not answered yet, and how many questions are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


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

    @property
    def whose(self) -> str:
        """Return the workspace that it came from, which its order key begins with."""
        return self.order_key.partition(":")[0]


@dataclass(frozen=True)
class Share:
    """How much of one worker a single workspace may have."""

    most: int
    """Entries at once."""
    in_hand: tuple[str, ...]
    """Whose entries the worker has already: a workspace's id for each."""


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

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        """Return new entries and those of dead consumers, waiting for at most `wait_ms`.

        Of a workspace that has its `share`, the rest is left to wait, and others go before it.
        """
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
