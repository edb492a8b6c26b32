"""A real index of the small glossary: real Chroma, real keyword file, bundled embeddings."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from knowledge.index import KnowledgeIndex

FIXTURE = Path(__file__).parents[2] / "fixtures" / "glossary"
OpenIndex = Callable[..., KnowledgeIndex]


@pytest.fixture
def glossary_folder(tmp_path: Path) -> Path:
    """A copy of the small glossary that a test may change."""
    copy = tmp_path / "glossary"
    shutil.copytree(FIXTURE, copy)
    return copy


@pytest.fixture
def progress() -> list[str]:
    """The lines that opening wrote."""
    return []


@pytest.fixture
def open_index(tmp_path: Path, glossary_folder: Path, progress: list[str]) -> Iterator[OpenIndex]:
    """Opens the index of one folder; what a test leaves open is closed at its end."""
    opened: list[KnowledgeIndex] = []

    def open_it(
        documents: Sequence[Path] = (), embeddings_name: str = "wordllama", folder: Path = tmp_path / "index"
    ) -> KnowledgeIndex:
        index = KnowledgeIndex.open(
            folder, glossary_folder, documents, embeddings_name, progress=progress.append
        )
        opened.append(index)
        return index

    yield open_it
    for index in opened:
        index.close()
