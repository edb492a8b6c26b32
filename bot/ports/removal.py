"""What forgets: words that are erased, and workspaces that left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.erasure import Erasure


class HoldsWords(Protocol):
    """A store in which people's words or ids stand; `bot.forgetting` must know every one of them."""

    async def erase(self, erasure: Erasure) -> int:
        """Erase what is meant, and return in how many places it stood: 0 when it is done again.

        What cannot be read keeps nothing else: ErasedInPart names it then. Raises StoreUnavailable, too.
        """
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
    """Everything that is kept under the workspaces' own names, but that they installed the app."""

    async def delete(self, team_id: str) -> int:
        """Delete all of one workspace; returns how many things, 0 if done again. Raises StoreUnavailable."""
        ...


class EntriesOfTeams(Protocol):
    """What is kept of several workspaces in one list."""

    async def drop_of(self, team_id: str) -> int:
        """Drop everything of one workspace; returns how many things. Raises StoreUnavailable."""
        ...
