"""Scores a retriever on questions whose right terms are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.retriever import RankedTerm

SearchTerms = Callable[[str, int], Sequence[RankedTerm]]
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class RetrievalQuestion:
    """A question and the slugs of the terms that may answer it; none means that it must be refused."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalScore:
    """Shares lie between 0 and 1; a share of nothing is 1.

    `hit_at_1` and `hit_at_3` count covered questions whose first term, or one of the first three, is right;
    `mean_reciprocal_rank` goes down to rank 10; `correct_refusals` counts uncovered questions only.
    """

    covered: int
    uncovered: int
    hit_at_1: float
    hit_at_3: float
    mean_reciprocal_rank: float
    correct_refusals: float
    missed: tuple[str, ...]
    answered_wrongly: tuple[str, ...]


def score_retrieval(rows: Iterable[RetrievalQuestion], search_terms: SearchTerms) -> RetrievalScore:
    """Ask every question and score the ranked terms; `missed` lists the covered ones not right at rank 1."""
    ranks: list[int | None] = []
    missed: list[str] = []
    uncovered = 0
    answered_wrongly: list[str] = []
    for row in rows:
        slugs = [term.slug for term in search_terms(row.text, _DEPTH)]
        if not row.relevant:
            uncovered += 1
            if slugs:
                answered_wrongly.append(row.text)
            continue
        rank = next((rank for rank, slug in enumerate(slugs, start=1) if slug in row.relevant), None)
        ranks.append(rank)
        if rank != 1:
            missed.append(row.text)
    return RetrievalScore(
        covered=len(ranks),
        uncovered=uncovered,
        hit_at_1=_share(sum(rank == 1 for rank in ranks), len(ranks)),
        hit_at_3=_share(sum(rank is not None and rank <= 3 for rank in ranks), len(ranks)),  # noqa: PLR2004 - "at 3"
        mean_reciprocal_rank=_share(sum(1 / rank for rank in ranks if rank), len(ranks)),
        correct_refusals=_share(uncovered - len(answered_wrongly), uncovered),
        missed=tuple(missed),
        answered_wrongly=tuple(answered_wrongly),
    )


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 1.0
