"""Looks decisions up for one person: the newest, those that hold certain words, or one by its id.

What the viewer may not see is left out before anything is matched or counted. Memory is bounded: records are
read one after another, and only those that are shown are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import snowballstemmer

from bot.conversation import Conversation
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.seeing import AudienceNow, Sight
from bot.visibility import Viewer
from knowledge.words import STOP_WORDS, fold

MOST_SHOWN = 10
MOST_LOOKED_THROUGH = 200
"""Of records that the viewer may see."""
MOST_READ = 5_000
"""Of all records, so that a workspace full of private ones cannot keep a person waiting."""

_WORD = re.compile(r"[^\W_]+")
_stemmer = snowballstemmer.stemmer("english")
_FINE_TUNE = re.compile(r"\bfine[ -]tun")


@dataclass(frozen=True)
class Found:
    """Decisions that the viewer may see, newest first."""

    shown: tuple[DecisionRecord, ...] = ()
    more: int = 0
    """How many of those looked through belong here too and are not shown."""
    looked_through: int = 0
    may_have_older: bool = False
    """Not everything was looked through."""


class Lookup:
    """The log, as far as people may see it. Every method raises what the log raises."""

    def __init__(self, log: DecisionLog, audience_now: AudienceNow) -> None:
        self._log = log
        self._audience_now = audience_now

    async def find(self, team_id: str, viewer: Viewer, words: str = "") -> Found:
        """Return the newest decisions that hold all of the words."""
        wanted = _wanted(words)
        shown: list[DecisionRecord] = []
        read = looked_through = matching = 0
        may_have_older = False
        sight = Sight(viewer, self._audience_now)
        async with aclosing(self._log.newest(team_id, MOST_READ)) as newest:
            async for record in newest:
                read += 1
                if not await sight.reaches(record):
                    continue
                if looked_through == MOST_LOOKED_THROUGH:
                    may_have_older = True
                    break
                looked_through += 1
                if wanted <= _stems(_text(record)):
                    matching += 1
                    shown += [record] if matching <= MOST_SHOWN else []
        return Found(
            tuple(shown),
            matching - len(shown),
            looked_through,
            may_have_older=may_have_older or read == MOST_READ,
        )

    async def find_one(self, team_id: str, viewer: Viewer, decision_id: str) -> DecisionRecord | None:
        """Return a decision, or None when there is none or the viewer may not see it."""
        record = await self._log.load(team_id, decision_id)
        sight = Sight(viewer, self._audience_now)
        return record if record is not None and await sight.reaches(record) else None

    async def each_since(
        self, team_id: str, viewer: Viewer, since: datetime, take: Callable[[DecisionRecord], None]
    ) -> bool:
        """Give `take` each decision since then, newest first; False when there were too many to read."""
        read = 0
        sight = Sight(viewer, self._audience_now)
        async with aclosing(self._log.newest(team_id, MOST_READ)) as newest:
            async for record in newest:
                if record.decided_at < since:
                    return True
                read += 1
                if await sight.reaches(record):
                    take(record)
        return read < MOST_READ

    async def of_these(self, conversations: Iterable[Conversation], viewer: Viewer) -> list[Conversation]:
        """Return the conversations that the viewer may see."""
        sight = Sight(viewer, self._audience_now)
        return [kept for kept in conversations if await sight.reaches_into(kept.audience)]


def _text(record: DecisionRecord) -> str:
    return "\n".join((record.context, record.current.headline, *record.current.rationale))


def _wanted(words: str) -> frozenset[str]:
    """Return the stems to look for; words of grammar only where there are no others."""
    stems = _stems(words)
    return stems - _GRAMMAR or stems


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stemmer.stemWord, _WORD.findall(_FINE_TUNE.sub("finetun", fold(text)))))


_GRAMMAR = frozenset(map(_stemmer.stemWord, STOP_WORDS))
