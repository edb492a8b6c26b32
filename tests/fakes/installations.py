"""Who installed the app, in memory; see `tests.fakes.stores`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.errors import StoredDataInvalid
from bot.ports import Installation
from bot.stores import keys
from tests.fakes.away import Store


class FakeInstallations(Store):
    """Implements `bot.ports.Installations`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Installation] = {}
        self.unreadable: set[str] = set()
        """Workspaces whose tokens cannot be decrypted."""
        self.looks = 0
        """How often they were listed."""
        self._since: dict[str, datetime] = {}

    async def save(self, installation: Installation) -> None:
        self._answer()
        self.kept[installation.team_id] = installation
        self._since[installation.team_id] = installation.installed_at

    def keep_by_half(self, installation: Installation, listed_at: datetime) -> None:
        """Keep it where its place in the list is another's: somebody died in between."""
        self.kept[installation.team_id] = installation
        self._since[installation.team_id] = listed_at

    async def load(self, team_id: str) -> Installation | None:
        self._answer()
        if team_id in self.unreadable:
            raise StoredDataInvalid(f"the token of workspace {team_id} cannot be decrypted")
        return self.kept.get(team_id)

    async def delete(self, team_id: str) -> bool:
        self._answer()
        return self.kept.pop(team_id, None) is not None

    async def installed_at(self, team_id: str) -> datetime | None:
        self._answer()
        return self._since[team_id] if team_id in self.kept else None

    async def listed(self) -> Mapping[str, datetime]:
        self._answer()
        self.looks += 1
        return {team_id: self._since[team_id] for team_id in self.kept}


class FakeInstallStates(Store):
    """Implements `bot.ports.InstallStates`."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: dict[str, datetime] = {}

    async def issue(self, now: datetime) -> str:
        self._answer()
        state = f"state-{len(self._ends)}-{now.timestamp():.0f}"
        self._ends[state] = now + timedelta(minutes=keys.INSTALL_STATE_MINUTES)
        return state

    async def consume(self, state: str, now: datetime) -> bool:
        self._answer()
        ends = self._ends.pop(state, None)
        return ends is not None and now < ends


class FakeDepartures(Store):
    """Implements `bot.ports.Departures`."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: dict[str, datetime] = {}

    async def note(self, team_id: str, due: datetime) -> None:
        self._answer()
        self.noted.setdefault(team_id, due)

    async def forget(self, team_id: str) -> bool:
        self._answer()
        return self.noted.pop(team_id, None) is not None

    async def due(self, now: datetime) -> Sequence[str]:
        self._answer()
        return sorted(team_id for team_id, due in self.noted.items() if due <= now)
