"""The glossary index as the advisor needs it: asynchronous, in time or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from bot import tracing
from bot.errors import PassagesUnavailable
from knowledge.errors import KnowledgeError
from knowledge.index import KnowledgeIndex
from knowledge.passage import Passage

Found = TypeVar("Found")


class IndexedPassages:
    """Implements `bot.ports.Passages` on an open index; searches run in threads."""

    def __init__(self, index: KnowledgeIndex, timeout_s: float = 5.0) -> None:
        self._index = index
        self._timeout_s = timeout_s

    @property
    def version(self) -> str:
        """Return the fingerprint of what is indexed."""
        return self._index.stats().fingerprint

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        """Return the best passages, best first; empty when nothing covers it. Raises PassagesUnavailable."""
        return await self._in_time(lambda: self._index.retriever.search(query, limit))

    async def nearby(self, query: str) -> Sequence[str]:
        """Return the terms that a question comes near to. Raises PassagesUnavailable."""
        return await self._in_time(lambda: self._index.retriever.nearby_terms(query))

    async def lacks_name(self, query: str) -> bool:
        """Say whether a question asks what something is that the glossary has no name for."""
        return await self._in_time(lambda: self._index.retriever.lacks_name(query))

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        """Return the passage of one term that is nearest to a claim. Raises PassagesUnavailable."""
        return await self._in_time(lambda: self._index.retriever.nearest_in_term(claim, term, evidence))

    async def _in_time(self, search: Callable[[], Found]) -> Found:
        try:
            with tracing.call("search the glossary"):
                return await asyncio.wait_for(asyncio.to_thread(search), self._timeout_s)
        except (KnowledgeError, TimeoutError) as error:
            raise PassagesUnavailable("the glossary index cannot be searched right now") from error
