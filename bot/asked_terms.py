"""Counts which terms a channel asks about, for its digest: names from the glossary, no words of people.

What is said to us in private is one person's alone and is not counted.
"""

from __future__ import annotations

from bot.conversation import Turn
from bot.house_rules import HouseRules
from bot.ports import TermCounts
from bot.replies import Clarify, Define, Recommend, Reply
from bot.weeks import week_of


class AskedTerms:
    """Counts the terms of open questions. Raises StoreUnavailable and StoredDataInvalid."""

    def __init__(self, counts: TermCounts, house: HouseRules) -> None:
        self._counts = counts
        self._house = house

    async def count(self, turn: Turn, reply: Reply) -> None:
        """Count the term that a reply explained, in the week of the channel where it was asked."""
        term = _term(reply)
        if not term or turn.audience.kind == "person":
            return
        place = turn.place
        zone = await self._house.zone_of(place.team_id, place.channel_id)
        week = week_of(turn.said_at.astimezone(zone).date())
        await self._counts.count(place.team_id, place.channel_id, week, term)


def _term(reply: Reply) -> str:
    definition = reply.definition if isinstance(reply, Define | Clarify | Recommend) else None
    if definition is None or definition.lead or not definition.citations:
        return ""
    return definition.citations[0].term
