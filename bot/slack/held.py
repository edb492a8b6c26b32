"""What the inbox still holds: which of it is meant when words are erased, or a workspace removed the app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import ValidationError

from bot.erasure import EraseDecision, EraseOld, ErasePerson, Erasure
from bot.slack.incoming import INCOMING, order_key

Drop = Callable[[Callable[[str, str], bool]], Awaitable[int]]
"""Drops the entries, dead letters too, of whose order key and body something is true; returns how many."""


class HeldWords:
    """Implements `bot.ports.HoldsWords` and `EntriesOfTeams` for what people did and was not answered."""

    def __init__(self, drop: Drop) -> None:
        self._drop = drop

    async def erase(self, erasure: Erasure) -> int:
        """Drop what is meant; who waits for an answer to it has to ask again. Raises StoreUnavailable."""
        if isinstance(erasure, EraseOld):
            return 0
        return await self._drop(lambda lane, body: _is_meant(erasure, lane, body))

    async def drop_of(self, team_id: str) -> int:
        """Drop everything of a workspace. Raises StoreUnavailable."""
        return await self._drop(lambda lane, body: _team_of(lane, body) == team_id)


def _is_meant(erasure: EraseDecision | ErasePerson, lane: str, body: str) -> bool:
    try:
        incoming = INCOMING.validate_json(body)
    except ValidationError:
        # Of what cannot be read, everything that may be meant is.
        if isinstance(erasure, ErasePerson):
            return _team_of(lane, body) == erasure.team_id and erasure.user_id in body
        return lane in map(order_key, erasure.places)
    if isinstance(erasure, ErasePerson):
        # Whoever did it, wrote the message that it is about, or is to own it. JSON escapes quotation marks in
        # words, so what stands between two is a whole value.
        return incoming.team_id == erasure.team_id and f'"{erasure.user_id}"' in body
    return incoming.place in erasure.places


def _team_of(lane: str, body: str) -> str:
    try:
        return INCOMING.validate_json(body).team_id
    except ValidationError:
        return lane.partition(":")[0]
