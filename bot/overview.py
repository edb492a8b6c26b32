"""What concerns one person, at a glance: what waits for them, and what was decided lately.

What they may not see is left out by `bot.lookup` before anything is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.conversation import Conversation
from bot.decision.options import Option
from bot.lookup import Lookup
from bot.ports import Conversations
from bot.record import DecisionRecord, Status
from bot.visibility import Viewer

PERIODS_DAYS = (7, 30, 90)
USUAL_DAYS = 30
MOST_LISTED = 10
"""Of what waits for somebody."""
MOST_RECENT = 5
MOST_WAITING = 100

T = TypeVar("T")
_ORDER = tuple(Option)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """The first few, and how many more there are."""

    shown: tuple[T, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Figures:
    """How many decisions there are, by what became of them. `saved` ones were not recommended by us."""

    recommended: int = 0
    accepted: int = 0
    overridden: int = 0
    open: int = 0
    superseded: int = 0
    withdrawn: int = 0
    saved: int = 0
    decided: tuple[tuple[Option, int], ...] = ()
    """What people decided, most frequent first; recommendations that they accepted among it."""


@dataclass(frozen=True)
class Overview:
    """One person's overview of the last `days` days."""

    days: int
    questions: Listed[Conversation]
    """Conversations of theirs where we wait for an answer, whenever that was."""
    undecided: Listed[DecisionRecord]
    """Recommendations to them that nobody decided on, of the longest period."""
    recent: Listed[DecisionRecord]
    figures: Figures
    is_whole: bool
    """Everything in the period was looked through."""


@dataclass
class _Few(Generic[T]):
    """Keeps the first few of many."""

    most: int
    kept: list[T] = field(default_factory=list)
    count: int = 0

    def add(self, one: T) -> None:
        self.count += 1
        if len(self.kept) < self.most:
            self.kept.append(one)

    def listed(self) -> Listed[T]:
        return Listed(tuple(self.kept), self.count - len(self.kept))


class _Tally:
    """Counts decisions one by one, so that they need not be held together."""

    def __init__(self) -> None:
        self.recent: _Few[DecisionRecord] = _Few(MOST_RECENT)
        self._became: Counter[Status] = Counter()
        self._decided: Counter[Option] = Counter()
        self._saved = 0

    def add(self, record: DecisionRecord) -> None:
        self.recent.add(record)
        if record.was_recommended:
            self._became[record.status] += 1
        else:
            self._saved += 1
        if record.status in ("accepted", "overridden") and record.decided_option is not None:
            self._decided[record.decided_option] += 1

    def figures(self) -> Figures:
        return Figures(
            recommended=self._became.total(),
            accepted=self._became["accepted"],
            overridden=self._became["overridden"],
            open=self._became["proposed"],
            superseded=self._became["superseded"],
            withdrawn=self._became["withdrawn"],
            saved=self._saved,
            decided=tuple(sorted(self._decided.items(), key=_most_frequent_first)),
        )


def _most_frequent_first(counted: tuple[Option, int]) -> tuple[int, int]:
    option, count = counted
    return -count, _ORDER.index(option)


class Overviews:
    """Draws up overviews. Every method raises what the stores raise."""

    def __init__(self, lookup: Lookup, conversations: Conversations) -> None:
        self._lookup = lookup
        self._conversations = conversations

    async def of(self, team_id: str, viewer: Viewer, days: int, now: datetime) -> Overview:
        """Return what concerns the viewer, looked at from where they are."""
        undecided: _Few[DecisionRecord] = _Few(MOST_LISTED)
        tally = _Tally()
        since = now - timedelta(days=days)

        def take(record: DecisionRecord) -> None:
            if record.owner == viewer.user_id and record.status == "proposed":
                undecided.add(record)
            if record.decided_at >= since:
                tally.add(record)

        longest = now - timedelta(days=max(days, *PERIODS_DAYS))
        is_whole = await self._lookup.each_since(team_id, viewer, longest, take)
        return Overview(
            days=days,
            questions=await self._questions(team_id, viewer),
            undecided=undecided.listed(),
            recent=tally.recent.listed(),
            figures=tally.figures(),
            is_whole=is_whole,
        )

    async def _questions(self, team_id: str, viewer: Viewer) -> Listed[Conversation]:
        waiting = await self._conversations.waiting(team_id, viewer.user_id, MOST_WAITING)
        visible = await self._lookup.of_these(waiting, viewer)
        return Listed(tuple(visible[:MOST_LISTED]), len(visible[MOST_LISTED:]))
