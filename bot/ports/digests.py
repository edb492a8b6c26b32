"""What channels have chosen, and what their weekly digests need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.channel_settings import KeptSettings
from bot.conversation import Audience
from bot.replies import DigestPost


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

    async def ahead(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        """Return what is due so much later than any digest is, by the store's clock too, that it is wrong."""
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
