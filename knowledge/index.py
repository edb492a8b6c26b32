"""The index of glossary and added documents: opened, checked, and built again when it must be."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from langchain_core.embeddings import Embeddings

from knowledge.chroma_store import ChromaStore
from knowledge.chunking import CHUNKING_VERSION, Chunk, chunk_documents, chunk_glossary
from knowledge.documents import AddedDocuments, read_documents
from knowledge.embedding import open_embeddings
from knowledge.errors import IndexInUse, IndexUnavailable
from knowledge.glossary import Glossary, load_glossary
from knowledge.keyword_index import KeywordIndex
from knowledge.retriever import Retriever
from knowledge.vector_index import Condition, VectorIndex

_LOCK_LIMIT_SECONDS = 3.0
_REASONS = {
    Condition.MISSING: "is missing or its content or embedding model changed",
    Condition.DAMAGED: "is damaged",
}


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What the index holds; `is_rebuilt` says whether opening had to build it."""

    terms: int
    glossary_chunks: int
    documents: tuple[str, ...]
    document_chunks: int
    embeddings_name: str
    fingerprint: str
    is_rebuilt: bool


class KnowledgeIndex:
    """The open index of one folder, which it holds locked; made by `open`, ended by `close`."""

    def __init__(
        self,
        *,
        folder: Path,
        glossary: Glossary,
        documents: Sequence[Path],
        embeddings_name: str,
        embeddings: Embeddings,
        chroma_url: str | None,
        progress: Callable[[str], None],
        closing: ExitStack,
    ) -> None:
        self.glossary = glossary
        self._folder = folder
        self._documents = tuple(documents)
        self._added = AddedDocuments(folder / "documents")
        self._embeddings_name = embeddings_name
        self._embeddings = embeddings
        self._chroma_url = chroma_url
        self._progress = progress
        self._closing = closing
        self._vectors: VectorIndex | None = None
        self._load()
        self._remove_outdated()

    @classmethod
    def open(
        cls,
        folder: Path,
        glossary_folder: Path,
        documents: Sequence[Path],
        embeddings_name: str,
        *,
        chroma_url: str | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> KnowledgeIndex:
        """Open the index of this folder, building what is missing, outdated or damaged.

        `progress` gets one line when something is built. Nothing half-built is ever searched: names hold a
        fingerprint of the content, and what stands under a name is checked before use.
        Raises GlossaryInvalid, DocumentInvalid, EmbeddingUnavailable, IndexUnavailable.
        """
        with ExitStack() as closing:
            glossary = load_glossary(glossary_folder)
            _lock(folder, closing)
            opened_embeddings = open_embeddings(embeddings_name)
            index = cls(
                folder=folder,
                glossary=glossary,
                documents=documents,
                embeddings_name=embeddings_name,
                embeddings=opened_embeddings,
                chroma_url=chroma_url,
                progress=progress,
                closing=closing,
            )
            # Opened without a failure: from here on `close` releases it all.
            index._closing = closing.pop_all()
            return index
        raise AssertionError("unreachable: the block returns or raises")

    @property
    def retriever(self) -> Retriever:
        """What searches the index as it is now; take it anew after `add_document`."""
        return self._retriever

    def stats(self) -> IndexStats:
        """Return what the index holds."""
        return self._stats

    def add_document(self, path: Path) -> None:
        """Copy a document into the folder and index it; the same path again replaces it.

        Searches that are under way still see the index as it was. Raises DocumentInvalid,
        EmbeddingUnavailable, IndexUnavailable.
        """
        self._added.keep(path)
        self._load()

    def close(self) -> None:
        """Release files and lock; a second call does nothing."""
        self._closing.close()

    def _load(self) -> None:
        """Bring the index up to the files and switch to it."""
        started = time.monotonic()
        documents = read_documents(self._documents, self._added)
        from_glossary, from_documents = chunk_glossary(self.glossary), chunk_documents(documents)
        chunks = [*from_glossary, *from_documents]
        fingerprint = _fingerprint(self._embeddings_name, chunks)

        vectors, condition = self._open_vectors(fingerprint, chunks)
        keywords = KeywordIndex.open(self._keyword_path(fingerprint), len(chunks))
        is_rebuilt = condition is not Condition.WHOLE or keywords is None
        if keywords is None:
            keywords = KeywordIndex.build(self._keyword_path(fingerprint), chunks)
        self._closing.callback(keywords.close)
        self._vectors = vectors
        self._retriever = Retriever(self.glossary, chunks, vectors, keywords, self._embeddings)
        self._closing.callback(self._retriever.close)
        self._stats = IndexStats(
            terms=len(self.glossary),
            glossary_chunks=len(from_glossary),
            documents=tuple(document.path for document in documents),
            document_chunks=len(from_documents),
            embeddings_name=self._embeddings_name,
            fingerprint=fingerprint,
            is_rebuilt=is_rebuilt,
        )
        if is_rebuilt:
            seconds = time.monotonic() - started
            reason = _REASONS.get(condition, "lacks its keywords")
            self._progress(f"index in {self._folder} {reason}: built {len(chunks)} chunks in {seconds:.1f} s")

    def _open_vectors(self, fingerprint: str, chunks: Sequence[Chunk]) -> tuple[VectorIndex, Condition]:
        name = f"passages-{fingerprint}"
        store = self._open_store(fingerprint)
        condition, vectors = VectorIndex.examine(store, name, chunks)
        if vectors is not None:
            return vectors, condition
        # At a server another replica may be writing it, or searching in it: there it is completed in place.
        if condition is Condition.DAMAGED and not store.is_server:
            store.close()
            shutil.rmtree(self._chroma_path(fingerprint))
            store = self._open_store(fingerprint)
        known = self._vectors.vectors_by_text() if self._vectors else {}
        return VectorIndex.build(store, name, chunks, self._embeddings, known), condition

    def _open_store(self, fingerprint: str) -> ChromaStore:
        """Open the server, or an embedded Chroma of this content's own.

        One folder a content, because Chroma leaves the vectors of a deleted collection on the disk.
        """
        store = (
            ChromaStore.open_server(self._chroma_url)
            if self._chroma_url
            else ChromaStore.open_folder(self._chroma_path(fingerprint))
        )
        self._closing.callback(store.close)
        return store

    def _chroma_path(self, fingerprint: str) -> Path:
        return self._folder / f"chroma-{fingerprint}"

    def _keyword_path(self, fingerprint: str) -> Path:
        return self._folder / f"keywords-{fingerprint}.sqlite"

    def _remove_outdated(self) -> None:
        """Delete the files that earlier contents left behind.

        Collections at a server stay: a replica that is not upgraded yet still searches in its own.
        """
        fingerprint = self._stats.fingerprint
        current = {self._keyword_path(fingerprint), self._chroma_path(fingerprint)}
        for path in {*self._folder.glob("keywords-*"), *self._folder.glob("chroma-*")} - current:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _lock(folder: Path, closing: ExitStack) -> None:
    """Hold the folder for this process: a second one would get stale answers from an embedded Chroma."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=_LOCK_LIMIT_SECONDS)
        lock.acquire()
    except Timeout as e:
        raise IndexInUse(
            f"{folder}: another process uses this index: stop it, or give this one its own folder"
        ) from e
    except OSError as e:
        raise IndexUnavailable(f"{folder}: cannot be written ({e.strerror}): check path and rights") from e
    closing.callback(lock.release)


def _fingerprint(embeddings_name: str, chunks: Sequence[Chunk]) -> str:
    """Hash everything that the index is made from; the files' names and dates do not count."""
    content = [CHUNKING_VERSION, embeddings_name, *(asdict(chunk) for chunk in chunks)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
