"""The glossary: one Markdown file a term, read strictly and never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import GlossaryInvalid
from knowledge.glossary_file import read_term_file
from knowledge.term import HEADINGS, Question, Section, Source, Term

__all__ = ["HEADINGS", "Glossary", "Question", "Section", "Source", "Term", "load_glossary"]

FINE_TUNING = "fine-tuning"
FINE_TUNING_NUMBER = 23


@dataclass(frozen=True)
class Glossary:
    """All terms, ordered by number."""

    terms: tuple[Term, ...]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)


def load_glossary(folder: Path) -> Glossary:
    """Read and check every `NN-slug.md` in the folder.

    Raises GlossaryInvalid: its message names the first file, line and remedy, its `defects` all of them.
    """
    paths = sorted(folder.glob("*.md"))
    if not paths:
        raise GlossaryInvalid([f"{folder}: holds no glossary file (NN-slug.md): restore the folder"])
    terms: dict[Path, Term] = {}
    defects: list[str] = []
    for path in paths:
        try:
            terms[path] = read_term_file(path)
        except GlossaryInvalid as e:
            defects.extend(e.defects)
    # A file that cannot be read would show as missing in all files that refer to it.
    if not defects:
        defects.extend(_defects_between(terms))
    if defects:
        raise GlossaryInvalid(defects)
    return Glossary(tuple(sorted(terms.values(), key=lambda term: term.number)))


def _defects_between(terms: Mapping[Path, Term]) -> Iterator[str]:
    """What only shows when the files are read together."""
    slugs = {term.slug for term in terms.values()}
    numbers: dict[int, Path] = {}
    names: dict[str, tuple[Path, str]] = {}
    for path, term in terms.items():
        first = numbers.setdefault(term.number, path)
        if first != path:
            yield f"{path}: number {term.number} is taken by {first.name}: give each term its own number"
        if not 1 <= term.number <= len(terms):
            yield f"{path}: number {term.number} leaves a gap: number the terms 1 to {len(terms)}"
        if (term.slug == FINE_TUNING) != (term.number == FINE_TUNING_NUMBER):
            yield f"{path}: {FINE_TUNING} is term {FINE_TUNING_NUMBER}, and no other: correct 'number'"
        for slug in term.related:
            if slug not in slugs:
                yield f"{path}: related term '{slug}' does not exist: correct or remove it"
        for name in (term.name, term.slug, *term.aliases):
            owner, owner_slug = names.setdefault(name.casefold(), (path, term.slug))
            if owner_slug != term.slug:
                yield f"{path}: alias '{name}' belongs to {owner.name} already: keep it in one of them"
