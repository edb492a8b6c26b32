"""Erases words on request or by age, wherever they stand: the one place that knows every store of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import Place
from bot.erasure import EraseDecision, EraseOld, ErasePerson, Erasure, words_of
from bot.ports import DecisionLog, HoldsWords, PlacesOfDecisions

BY_AGE = "retention"
"""Stands in the history where nobody asked for it."""


class Forgetting:
    """Passes an erasure on to every store that holds words. Every method raises what the stores raise.

    What was erased before is not there any more: after a failure the same erasure is simply made again.
    """

    def __init__(self, log: DecisionLog, places: PlacesOfDecisions, stores: Mapping[str, HoldsWords]) -> None:
        self._log = log
        self._places = places
        self._stores = stores

    async def erase_decision(
        self, team_id: str, decision_id: str, *, by: str, at: datetime
    ) -> Mapping[str, int] | None:
        """Erase one decision's words; None when there is no such decision. Returns a count for each store."""
        record = await self._log.load(team_id, decision_id)
        if record is None:
            return None
        places: Sequence[Place] = await self._places.places_of(team_id, decision_id)
        erasure = EraseDecision(team_id, by, at, decision_id, said=words_of(record))
        return await self._erase(replace(erasure, places=frozenset({record.place, *places})))

    async def erase_person(self, team_id: str, user_id: str, *, by: str, at: datetime) -> Mapping[str, int]:
        """Erase what one person said, and their id. Returns a count for each store."""
        return await self._erase(ErasePerson(team_id, by, at, user_id))

    async def erase_old(self, team_id: str, days: int, at: datetime) -> Mapping[str, int]:
        """Erase the words of decisions to which nothing has happened for so many days."""
        return await self._erase(EraseOld(team_id, BY_AGE, at, at - timedelta(days=days)))

    async def _erase(self, erasure: Erasure) -> Mapping[str, int]:
        # The records come last: should a store fail, what is needed to find the rest is still there.
        return {name: await store.erase(erasure) for name, store in self._stores.items()}
