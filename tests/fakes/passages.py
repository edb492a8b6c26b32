"""A glossary that is away."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.errors import PassagesUnavailable
from knowledge.passage import Passage


class PassagesAway:
    """Implements `bot.ports.Passages` as when Chroma does not answer."""

    version = "away"

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        raise PassagesUnavailable(f"not {limit} passages on {query}")

    async def nearby(self, query: str) -> Sequence[str]:
        raise PassagesUnavailable(f"no terms near {query}")

    async def lacks_name(self, query: str) -> bool:
        raise PassagesUnavailable(f"no names for {query}")

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        raise PassagesUnavailable(f"no passage on {claim}, {term}, {evidence}")
