"""Floors for finding the right term, and for saying that a question is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from knowledge.evaluation import RetrievalQuestion, RetrievalScore, score_retrieval
from knowledge.index import KnowledgeIndex
from knowledge.term import QUESTIONS

pytest.importorskip("wordllama", reason="the floors were measured with the bundled model")

ROOT = Path(__file__).parents[2]


def read_questions() -> dict[str, list[RetrievalQuestion]]:
    content = yaml.safe_load(Path(__file__).with_name("retrieval.yaml").read_text(encoding="utf-8"))
    return {
        name: [RetrievalQuestion(row["text"], frozenset(row["relevant"])) for row in rows]
        for name, rows in content.items()
    }


GOLDEN = read_questions()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeIndex]:
    opened = KnowledgeIndex.open(
        tmp_path_factory.mktemp("index"), ROOT / "knowledge" / "glossary", [], "wordllama"
    )
    yield opened
    opened.close()


def score(index: KnowledgeIndex, name: str) -> RetrievalScore:
    return score_retrieval(GOLDEN[name], index.retriever.search_terms)


# Floors stand a little under what tests/bench/bench_retrieval.py measured when they were set.
def test_ordinary_questions_that_nothing_was_tuned_on_find_their_term(index: KnowledgeIndex) -> None:
    found = score(index, "held_out")

    assert found.hit_at_1 >= 0.92, found.missed
    assert found.hit_at_3 >= 0.97, found.missed
    assert found.correct_refusals == 1.0, found.answered_wrongly


def test_hard_questions_mostly_find_their_term(index: KnowledgeIndex) -> None:
    found = score(index, "tuning")

    assert found.hit_at_1 >= 0.74, found.missed
    assert found.hit_at_3 >= 0.81, found.missed
    assert found.correct_refusals >= 0.98, found.answered_wrongly


def test_questions_that_only_sound_like_ours_are_mostly_refused(index: KnowledgeIndex) -> None:
    seen, unseen = score(index, "near_tuning"), score(index, "near_held_out")

    assert seen.hit_at_1 >= 0.90, seen.missed
    assert seen.correct_refusals >= 0.92, seen.answered_wrongly
    assert unseen.hit_at_1 >= 0.81, unseen.missed
    assert unseen.correct_refusals >= 0.85, unseen.answered_wrongly


@pytest.mark.parametrize(
    ("question", "nearby"),
    [
        ("what is a token in OAuth?", ["Token"]),
        ("what is a CDN cache", ["Prompt caching"]),
        ("how do I cook rice", []),
    ],
)
def test_a_refused_question_still_finds_the_terms_that_it_names(
    index: KnowledgeIndex, question: str, nearby: list[str]
) -> None:
    assert index.retriever.search(question) == []
    assert index.retriever.nearby_terms(question) == nearby


def test_no_golden_question_is_copied_from_the_glossary(index: KnowledgeIndex) -> None:
    asked = {
        question.text.casefold() for term in index.glossary for question in term.section(QUESTIONS).questions
    }

    assert not [row.text for rows in GOLDEN.values() for row in rows if row.text.casefold() in asked]


def test_the_glossary_has_its_25_terms(index: KnowledgeIndex) -> None:
    assert len(index.glossary) == 25
    assert [term.slug for term in index.glossary][22] == "fine-tuning"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what is rag", "retrieval-augmented-generation/what-it-is"),
        ("hallucintaion??", "hallucination/what-it-is"),
        ("fine tunning", "fine-tuning/what-it-is"),
        ("tokns", "token/what-it-is"),
    ],
)
def test_a_name_alone_gets_its_definition_first(index: KnowledgeIndex, question: str, first: str) -> None:
    assert index.retriever.search(question)[0].id == first


@pytest.mark.parametrize(
    "question",
    [
        "temperature in the city tomorrow",
        "fine tune my piano",
        "train timetable",
        "",
        "   ",
        "???",
        "\x00\"'*",
    ],
)
def test_what_the_glossary_does_not_cover_gets_no_passage(index: KnowledgeIndex, question: str) -> None:
    assert index.retriever.search(question) == []


def test_every_passage_carries_its_distance_and_sources(index: KnowledgeIndex) -> None:
    passages = index.retriever.search("how many examples do we need for fine-tuning", limit=5)

    assert len(passages) == 5
    assert all(passage.distance is not None and 0 <= passage.distance <= 2 for passage in passages)
    for passage in passages:
        assert all(f"[{source.id}]" in passage.text for source in passage.sources)


def test_the_passage_of_a_term_that_supports_a_claim_is_found(index: KnowledgeIndex) -> None:
    passage = index.retriever.nearest_in_term(
        "Fifty reviewed examples are enough for a pilot.", "fine-tuning"
    )

    assert passage is not None
    assert (passage.slug, passage.distance is not None) == ("fine-tuning", True)
    assert index.retriever.nearest_in_term("Anything.", "no-such-term") is None
