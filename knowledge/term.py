"""One glossary entry as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HEADINGS = (
    "What it is",
    "The number that makes it real",
    "When it is right",
    "When it is not",
    "Misconceptions",
    "Questions people ask",
)
MISCONCEPTIONS = HEADINGS[4]
QUESTIONS = HEADINGS[5]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; `checked` is how far we followed it: read, through_third_party, known."""

    id: str
    title: str
    url: str
    date: str
    checked: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question that people ask, and its answer."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its plain text, citations kept as [ID]; bullets stand one a line.

    `points` are its paragraphs and bullets; `questions` is empty but under "Questions people ask".
    """

    title: str
    text: str
    points: tuple[str, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry."""

    number: int
    name: str
    slug: str
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    verified: date
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]

    def section(self, title: str) -> Section:
        """Return the section under this heading (one of HEADINGS)."""
        return next(section for section in self.sections if section.title == title)

    def cited_in(self, text: str) -> tuple[Source, ...]:
        """Return the sources whose [ID] stands in `text`, in the order of the source list."""
        return tuple(source for source in self.sources if f"[{source.id}]" in text)
