"""Which workspaces installed the app, and who is on the way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Installation:
    """The app in one workspace."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str
    bot_name: str
    scopes: frozenset[str]
    """What Slack allowed the token."""
    installed_by: str
    """User id."""
    installed_at: datetime
    token: str = field(repr=False)


class Installations(Protocol):
    """The app in every workspace that has it. Every method raises StoreUnavailable."""

    async def save(self, installation: Installation) -> None:
        """Keep it, in the place of an earlier one in the same workspace."""
        ...

    async def load(self, team_id: str) -> Installation | None:
        """Return the app in a workspace; None where it is not. Raises StoredDataInvalid."""
        ...

    async def delete(self, team_id: str) -> bool:
        """Forget it, its token first; False where there was none."""
        ...

    async def installed_at(self, team_id: str) -> datetime | None:
        """Return since when; None where it is not installed. It also tells one installation from the next."""
        ...

    async def listed(self) -> Mapping[str, datetime]:
        """Return every workspace that has it, and since when."""
        ...


class InstallStates(Protocol):
    """Who has begun to install the app: each state is good once, for a few minutes.

    Every method raises StoreUnavailable.
    """

    async def issue(self, now: datetime) -> str:
        """Return a new state, which nobody can guess."""
        ...

    async def consume(self, state: str, now: datetime) -> bool:
        """Use it up; False when it is not ours, used or too old."""
        ...
