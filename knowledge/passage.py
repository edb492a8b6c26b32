"""A passage: a retrieved chunk, as people see it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.term import Source

GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Passage:
    """One chunk with everything needed to show and cite it.

    `text` is plain, citations kept like [OAI-02]; `sources` are the ones cited in it.
    `distance` is the cosine distance, 0-2, of the query to this chunk; None before any search.
    `document` is "glossary" or the path of an added document, which has an empty `slug`.
    """

    id: str
    slug: str
    term: str
    section: str
    text: str
    sources: tuple[Source, ...]
    distance: float | None = None
    document: str = GLOSSARY
