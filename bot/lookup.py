"""Looks decisions up for one person: what a query asks for, what resembles a question, or one by its id.

What the viewer may not see is left out before anything is matched, ranked or counted: the log gives only what
lies on the viewer's shelves. Each record is then asked about once more, because a channel may have turned
private since. Memory is bounded: records are read in pages, and only those that are shown are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Conversation
from bot.likeness import mark
from bot.ports import DecisionLog
from bot.query import Query
from bot.record import DecisionRecord
from bot.seeing import AudienceNow, Look
from bot.visibility import Viewer, sights_of

MOST_SHOWN = 10
MOST_LOOKED_THROUGH = 30
"""Of what is looked for and the viewer may see. Each channel among them costs a question to Slack."""
MOST_READ = 5_000
"""With what was said in channels that are private now, so that those cannot keep a person waiting."""


@dataclass(frozen=True)
class Found:
    """Decisions that the viewer may see, newest first."""

    shown: tuple[DecisionRecord, ...] = ()
    more: int = 0
    """How many of those looked through are not shown."""
    looked_through: int = 0
    """How many that are looked for and may be seen were counted."""
    may_have_older: bool = False
    """There was more than is looked through."""


@dataclass(frozen=True)
class Recalled:
    """A decision whose question resembles another one, at this cosine distance (0–2)."""

    record: DecisionRecord
    distance: float


class Lookup:
    """The log, as far as people may see it. Every method raises what the log raises."""

    def __init__(self, log: DecisionLog, audience_now: AudienceNow) -> None:
        self._log = log
        self._audience_now = audience_now

    async def find(self, team_id: str, viewer: Viewer, words: str = "") -> Found:
        """Return the newest decisions that hold all of the words."""
        return await self.search(team_id, viewer, Query(words=words))

    async def search(self, team_id: str, viewer: Viewer, query: Query) -> Found:
        """Return the decisions that the viewer looks for, the first of them to show."""
        shown: list[DecisionRecord] = []
        read = looked_through = 0
        may_have_older = False
        look = Look(viewer, self._audience_now)
        async with aclosing(self._log.matching(team_id, query, sights_of(viewer))) as matching:
            async for record in matching:
                if looked_through == MOST_LOOKED_THROUGH or read == MOST_READ:
                    may_have_older = True
                    break
                read += 1
                if await look.reaches(record):
                    looked_through += 1
                    shown += [record] if looked_through <= MOST_SHOWN else []
        return Found(tuple(shown), looked_through - len(shown), looked_through, may_have_older=may_have_older)

    async def recall(self, team_id: str, viewer: Viewer, question: str, most: int) -> list[Recalled]:
        """Return what was decided for the questions nearest in meaning, nearest first."""
        wanted = mark(question)
        if not wanted:
            return []
        look = Look(viewer, self._audience_now)
        nearest = await self._log.resembling(team_id, wanted, sights_of(viewer), most)
        return [Recalled(record, far) for far, record in nearest if await look.reaches(record)]

    async def find_one(self, team_id: str, viewer: Viewer, decision_id: str) -> DecisionRecord | None:
        """Return a decision, or None when there is none or the viewer may not see it."""
        record = await self._log.load(team_id, decision_id)
        look = Look(viewer, self._audience_now)
        return record if record is not None and await look.reaches(record) else None

    async def each_since(
        self, team_id: str, viewer: Viewer, since: datetime, take: Callable[[DecisionRecord], None]
    ) -> bool:
        """Give `take` each decision since then, newest first; False when there were too many to read."""
        read = 0
        look = Look(viewer, self._audience_now)
        query = Query(since=since)
        async with aclosing(self._log.matching(team_id, query, sights_of(viewer))) as matching:
            async for record in matching:
                if read == MOST_READ:
                    return False
                read += 1
                if await look.reaches(record):
                    take(record)
        return True

    async def of_these(self, conversations: Iterable[Conversation], viewer: Viewer) -> list[Conversation]:
        """Return the conversations that the viewer may see."""
        look = Look(viewer, self._audience_now)
        return [kept for kept in conversations if await look.reaches_into(kept.audience)]
