from __future__ import annotations

import pytest

from knowledge.evaluation import RetrievalQuestion, score_retrieval
from knowledge.retriever import RankedTerm

ANSWERS = {
    "first": ["a", "b"],
    "third": ["x", "y", "a"],
    "never": ["x"],
    "fourth": ["x", "y", "z", "a"],
    "off": ["a"],
}


def search_terms(query: str, limit: int) -> list[RankedTerm]:
    return [RankedTerm(slug, 1.0) for slug in ANSWERS.get(query, [])][:limit]


def ask(text: str, *relevant: str) -> RetrievalQuestion:
    return RetrievalQuestion(text, frozenset(relevant))


def test_ranks_of_covered_questions_are_scored() -> None:
    rows = [ask("first", "a"), ask("third", "a"), ask("never", "a"), ask("fourth", "a", "q")]

    score = score_retrieval(rows, search_terms)

    assert (score.covered, score.uncovered) == (4, 0)
    assert (score.hit_at_1, score.hit_at_3) == (0.25, 0.5)
    assert score.mean_reciprocal_rank == pytest.approx((1 + 1 / 3 + 0 + 1 / 4) / 4)
    assert score.missed == ("third", "never", "fourth")


def test_an_uncovered_question_must_be_refused() -> None:
    score = score_retrieval([ask("off"), ask("silent")], search_terms)

    assert (score.covered, score.uncovered, score.correct_refusals) == (0, 2, 0.5)
    assert score.answered_wrongly == ("off",)


def test_a_share_of_nothing_is_whole() -> None:
    assert score_retrieval([], search_terms).hit_at_1 == 1.0
