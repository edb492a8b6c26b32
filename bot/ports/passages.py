"""What is looked up in the glossary and the team's own documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from knowledge.passage import Passage


class Passages(Protocol):
    """The glossary and the team's own documents, searchable."""

    @property
    def version(self) -> str:
        """Return a fingerprint of what is indexed, for the record."""
        ...

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        """Return the best passages, best first; empty when nothing covers it. Raises PassagesUnavailable."""
        ...

    async def nearby(self, query: str) -> Sequence[str]:
        """Return the names of the terms that a question comes near to, nearest first; empty when it is far.

        Raises PassagesUnavailable.
        """
        ...

    async def lacks_name(self, query: str) -> bool:
        """Say whether a question asks what something is that the glossary has no name for.

        What is found then is only near it. Raises PassagesUnavailable.
        """
        ...

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        """Return the passage of one term that is nearest to a claim, one that cites the evidence if any does.

        Raises PassagesUnavailable.
        """
        ...
