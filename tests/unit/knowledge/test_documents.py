from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.documents import AddedDocuments, read_document, read_documents
from knowledge.errors import DocumentInvalid


def test_an_added_document_outlives_its_original(tmp_path: Path) -> None:
    original = tmp_path / "rules.md"
    original.write_text("Ask first.", encoding="utf-8")
    added = AddedDocuments(tmp_path / "kept")
    added.keep(original)
    original.unlink()

    (document,) = added.read_all()

    assert (document.path, document.text) == (str(original), "Ask first.")


def test_adding_the_same_path_again_replaces_the_copy(tmp_path: Path) -> None:
    original = tmp_path / "rules.txt"
    added = AddedDocuments(tmp_path / "kept")
    for text in ("Old.", "New."):
        original.write_text(text, encoding="utf-8")
        added.keep(original)

    assert [document.text for document in added.read_all()] == ["New."]


def test_files_of_the_same_name_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    added = AddedDocuments(tmp_path / "kept")
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "readme.md").write_text(folder, encoding="utf-8")
        added.keep(tmp_path / folder / "readme.md")

    assert [document.text for document in added.read_all()] == ["one", "two"]


def test_a_named_document_is_read_from_its_own_place_even_if_it_was_added_before(tmp_path: Path) -> None:
    original = tmp_path / "rules.md"
    original.write_text("Old.", encoding="utf-8")
    added = AddedDocuments(tmp_path / "kept")
    added.keep(original)
    original.write_text("New.", encoding="utf-8")

    assert [document.text for document in read_documents([original], added)] == ["New."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("slides.pdf", b"%PDF", "only .md and .txt"),
        ("empty.md", b" \n", "is empty"),
        ("latin.txt", b"caf\xe9", "is not UTF-8"),
    ],
)
def test_a_document_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DocumentInvalid, match=message):
        read_document(tmp_path / name)


def test_a_missing_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentInvalid, match="cannot be read"):
        read_document(tmp_path / "gone.md")
