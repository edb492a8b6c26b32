"""Documents that a team adds: house rules, past post-mortems."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import DocumentInvalid

SUFFIXES = (".md", ".txt")
# A document is read whole; a bigger one is a mistake (a log, a dump) rather than a house rule.
LARGEST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file, under the path that people know it by."""

    path: str
    text: str

    @property
    def key(self) -> str:
        """A short id, the same for the same path."""
        return "document-" + hashlib.sha256(self.path.encode()).hexdigest()[:12]


def read_document(path: Path, known_as: str | None = None) -> Document:
    """Read one file. Raises DocumentInvalid when it is missing, of another kind, empty or not UTF-8."""
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentInvalid(f"{path}: only {' and '.join(SUFFIXES)} files can be added: convert it first")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise DocumentInvalid(f"{path}: larger than {LARGEST_BYTES // 1_000_000} MB: split it first")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise DocumentInvalid(f"{path}: cannot be read ({e.strerror}): check the path") from e
    except UnicodeDecodeError as e:
        raise DocumentInvalid(f"{path}: is not UTF-8 text: convert it first") from e
    if not text.strip():
        raise DocumentInvalid(f"{path}: is empty: add only documents with text")
    return Document(known_as or str(path.absolute()), text)


class AddedDocuments:
    """Copies of the documents added by command, kept beside the index so that they outlive the originals."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path) -> Document:
        """Copy the document in; adding the same path again replaces the copy. Raises DocumentInvalid."""
        document = read_document(path)
        place = self._folder / document.key
        place.mkdir(parents=True, exist_ok=True)
        # The path is written last: a copy without it does not count yet.
        _write(place / f"text{path.suffix.lower()}", document.text)
        _write(place / "path", document.path)
        return document

    def read_all(self) -> list[Document]:
        """Return all kept documents, ordered by path. Raises DocumentInvalid."""
        paths = [place for place in self._folder.glob("*/path") if place.is_file()]
        return sorted((self._read(place) for place in paths), key=lambda document: document.path)

    @staticmethod
    def _read(place: Path) -> Document:
        known_as = place.read_text(encoding="utf-8")
        return read_document(place.with_name(f"text{Path(known_as).suffix.lower()}"), known_as)


def read_documents(paths: Iterable[Path], added: AddedDocuments) -> list[Document]:
    """Return the named and the added documents, each path once (a named one is read from its own place)."""
    documents = {document.path: document for document in added.read_all()}
    documents.update((document.path, document) for document in map(read_document, paths))
    return [documents[path] for path in sorted(documents)]


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
