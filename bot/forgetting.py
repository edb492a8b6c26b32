"""Erases words on request or by age, wherever they stand: the one place that knows every store of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation import Place
from bot.erasure import BY_AGE, EraseDecision, EraseOld, ErasePerson, Erasure, words_of
from bot.errors import ErasedInPart, KeptByNewer, StoredDataInvalid
from bot.ports import DecisionLog, HoldsWords, PlacesOfDecisions


@dataclass(frozen=True)
class Forgotten:
    """What an erasure came to: in how many places of each store, and a line for each that cannot be read."""

    counts: Mapping[str, int]
    unread: tuple[str, ...]


class Forgetting:
    """Passes an erasure on to every store that holds words. Every method raises what the stores raise.

    What cannot be read keeps nothing else; it is told of in the end. What was erased before is not there any
    more: after a failure the same erasure is simply made again.
    """

    def __init__(self, log: DecisionLog, places: PlacesOfDecisions, stores: Mapping[str, HoldsWords]) -> None:
        self._log = log
        self._places = places
        self._stores = stores

    async def erase_decision(
        self, team_id: str, decision_id: str, *, by: str, at: datetime
    ) -> Forgotten | None:
        """Erase one decision's words; None when there is no such decision.

        One that is damaged is dropped as a whole; nobody knows then which words were copied from it. Raises
        KeptByNewer, too.
        """
        erasure = EraseDecision(team_id, by, at, decision_id)
        places: set[Place] = set()
        try:
            record = await self._log.load(team_id, decision_id)
        except KeptByNewer:
            raise
        except StoredDataInvalid:
            # It is found again where it is erased, and dropped there.
            pass
        else:
            if record is None:
                return None
            erasure, places = replace(erasure, said=words_of(record)), {record.place}
        places.update(await self._places.places_of(team_id, decision_id))
        return await self._erase(replace(erasure, places=frozenset(places)))

    async def erase_person(self, team_id: str, user_id: str, *, by: str, at: datetime) -> Forgotten:
        """Erase what one person said, and their id."""
        return await self._erase(ErasePerson(team_id, by, at, user_id))

    async def erase_old(self, team_id: str, days: int, at: datetime) -> Forgotten:
        """Erase the words of decisions to which nothing has happened for so many days."""
        return await self._erase(EraseOld(team_id, BY_AGE, at, at - timedelta(days=days)))

    async def _erase(self, erasure: Erasure) -> Forgotten:
        counts: dict[str, int] = {}
        unread: list[str] = []
        # The records come last: should a store fail, what is needed to find the rest is still there.
        for name, store in self._stores.items():
            try:
                counts[name] = await store.erase(erasure)
            except ErasedInPart as error:
                counts[name] = error.erased
                unread += error.unread
        return Forgotten(counts, tuple(unread))
