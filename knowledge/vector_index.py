"""Vector search over the chunks: one Chroma collection, through LangChain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.chroma_store import OPEN_LIMIT_SECONDS, ChromaStore
from knowledge.chunking import Chunk
from knowledge.errors import IndexUnavailable

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_SEARCH_LIMIT_SECONDS = 5.0
_WRITE_LIMIT_SECONDS = 300.0
_WRITE_BATCH = 256
# The check asks for this many neighbours; a lost folder of vectors answers with one or none.
_NEIGHBOURS_CHECKED = 100


class Condition(Enum):
    """What stands in Chroma under a collection's name."""

    MISSING = "missing"
    DAMAGED = "damaged"
    WHOLE = "whole"


class VectorIndex:
    """One whole collection; safe to search from several threads."""

    def __init__(self, store: ChromaStore, name: str) -> None:
        """Open an existing collection. Raises IndexUnavailable."""
        from langchain_chroma import Chroma  # noqa: PLC0415 - takes a second

        self._store = store
        self._collection = store.call(
            OPEN_LIMIT_SECONDS,
            lambda: Chroma(client=store.client, collection_name=name, create_collection_if_not_exists=False),
        )

    @classmethod
    def build(
        cls,
        store: ChromaStore,
        name: str,
        chunks: Sequence[Chunk],
        embeddings: Embeddings,
        known: Mapping[str, list[float]],
    ) -> VectorIndex:
        """Embed the chunks into a collection; texts with a `known` vector are not embedded again.

        The name is made from the content, so writing twice, or from two processes at a server, writes the
        same. Raises IndexUnavailable, EmbeddingUnavailable.
        """
        from langchain_chroma import Chroma  # noqa: PLC0415 - takes a second

        # Cosine, because Chroma's own choice, squared L2, depends on the length of the vectors.
        collection = store.call(
            OPEN_LIMIT_SECONDS,
            lambda: Chroma(
                client=store.client,
                collection_name=name,
                embedding_function=_Remembering(embeddings, known),
                collection_configuration={"hnsw": {"space": "cosine", "ef_search": _NEIGHBOURS_CHECKED}},
            ),
        )
        for start in range(0, len(chunks), _WRITE_BATCH):
            store.call(
                _WRITE_LIMIT_SECONDS, partial(_write, collection, chunks[start : start + _WRITE_BATCH])
            )
        condition, index = cls.examine(store, name, chunks)
        if index is None:
            raise IndexUnavailable(
                f"{store.where}: the new index is {condition.value}: check the disk, remove it and restart"
            )
        return index

    @classmethod
    def examine(
        cls, store: ChromaStore, name: str, chunks: Sequence[Chunk]
    ) -> tuple[Condition, VectorIndex | None]:
        """Open the collection if it is there and holds exactly these chunks."""
        if name not in store.collection_names():
            return Condition.MISSING, None
        try:
            index = cls(store, name)
            return (Condition.WHOLE, index) if index.is_whole(chunks) else (Condition.DAMAGED, None)
        except IndexUnavailable:
            return Condition.DAMAGED, None

    def is_whole(self, chunks: Sequence[Chunk]) -> bool:
        """Compare what is stored with what vectors reach. Raises IndexUnavailable.

        When Chroma's folder of vectors is lost there is no error: the count stays and the neighbours go.
        """
        expected = {chunk.id for chunk in chunks}
        if set(self._get([], None)["ids"]) != expected:
            return False
        probe = self._get(["embeddings"], [chunks[0].id])
        reached = set(self.nearest([float(number) for number in probe["embeddings"][0]], _NEIGHBOURS_CHECKED))
        return reached <= expected and len(reached) == min(_NEIGHBOURS_CHECKED, len(chunks))

    def nearest(self, vector: list[float], limit: int, document: str | None = None) -> dict[str, float]:
        """Return the nearest chunks, of one document or all, with their cosine distances (0-2)."""
        only = {"document": document} if document else None
        found = self._store.call(
            _SEARCH_LIMIT_SECONDS,
            lambda: self._collection.similarity_search_by_vector_with_relevance_scores(
                vector, k=limit, filter=only
            ),
        )
        return {str(document.id): float(distance) for document, distance in found}

    def distances(self, vector: list[float], ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine distance (0-2) of each of these chunks; unknown ids are left out."""
        if not ids:
            return {}
        found = self._get(["embeddings"], list(ids))
        stored = np.asarray(found["embeddings"], dtype=np.float32)
        query = np.asarray(vector, dtype=np.float32)
        lengths = np.linalg.norm(stored, axis=1) * np.linalg.norm(query)
        similarity = stored @ query / np.where(lengths == 0, 1, lengths)
        return {id_: float(1 - value) for id_, value in zip(found["ids"], similarity, strict=True)}

    def vectors_by_text(self) -> dict[str, list[float]]:
        """Return every stored vector under the text that it was made from."""
        found = self._get(["embeddings", "documents"], None)
        return {
            text: [float(number) for number in vector]
            for text, vector in zip(found["documents"], found["embeddings"], strict=True)
        }

    def _get(self, include: list[str], ids: list[str] | None) -> dict[str, Any]:
        return self._store.call(_SEARCH_LIMIT_SECONDS, lambda: self._collection.get(ids=ids, include=include))


class _Remembering(Embeddings):
    """Looks up known vectors before it asks the model."""

    def __init__(self, embeddings: Embeddings, known: Mapping[str, list[float]]) -> None:
        self._embeddings = embeddings
        self._known = known

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        vectors = dict(zip(new, self._embeddings.embed_documents(new), strict=True)) if new else {}
        return [self._known[text] if text in self._known else vectors[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one query."""
        return self._embeddings.embed_query(text)


def _write(collection: Chroma, chunks: Sequence[Chunk]) -> None:
    metadata: list[dict[str, Any]] = [
        {"slug": chunk.passage.slug, "document": chunk.passage.document} for chunk in chunks
    ]
    collection.add_texts(
        [chunk.embedded for chunk in chunks], metadatas=metadata, ids=[chunk.id for chunk in chunks]
    )
