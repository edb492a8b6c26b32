"""Floors for finding the right term, and for saying that a question is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from knowledge.evaluation import RetrievalQuestion, RetrievalScore, score_retrieval
from knowledge.glossary import QUESTIONS
from knowledge.index import KnowledgeIndex

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
