"""The embedding model named by a setting, as a LangChain `Embeddings`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from langchain_core.embeddings import Embeddings

from knowledge.errors import EmbeddingUnavailable
from knowledge.word_vectors import text_vector

BUNDLED = "wordllama"
CHROMA_DEFAULT = "chroma"


class BundledEmbeddings(Embeddings):
    """WordLlama's static 256-dimensional vectors, which ship inside its package: offline, 0.03 ms a query."""

    def __init__(self) -> None:
        text_vector("ready?")  # loads now, so that a failure shows at start

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return unit vectors; a text without any known token gets the zero vector."""
        return [text_vector(text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of one query."""
        return list(text_vector(text).tolist())


class ChromaDefaultEmbeddings(Embeddings):
    """Chroma's own default, MiniLM-L6-v2 on ONNX; it is downloaded at first use."""

    def __init__(self) -> None:
        functions = importlib.import_module("chromadb.utils.embedding_functions")
        self._embed = functions.ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        self.embed_query("ready?")  # downloads now, so that a failure shows at start and not in a thread

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text."""
        return [[float(number) for number in vector] for vector in self._embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of one query."""
        return self.embed_documents([text])[0]


def open_embeddings(name: str) -> Embeddings:
    """Load "wordllama", "chroma" or a LangChain "PROVIDER:MODEL".

    Raises EmbeddingUnavailable when a package, file, key or the network is missing.
    """
    if name not in {BUNDLED, CHROMA_DEFAULT} and ":" not in name:
        raise EmbeddingUnavailable(
            f"EMBEDDING_MODEL '{name}' is not known: use '{BUNDLED}', '{CHROMA_DEFAULT}' or 'PROVIDER:MODEL'"
        )
    with _explained(name, "loaded"):
        if name == BUNDLED:
            return BundledEmbeddings()
        if name == CHROMA_DEFAULT:
            return ChromaDefaultEmbeddings()
        return _RemoteEmbeddings(name, importlib.import_module("langchain.embeddings").init_embeddings(name))


class _RemoteEmbeddings(Embeddings):
    """A provider's model, whose failures are explained."""

    def __init__(self, name: str, model: Embeddings) -> None:
        self._name = name
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text. Raises EmbeddingUnavailable."""
        with _explained(self._name, "asked"):
            return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one query. Raises EmbeddingUnavailable."""
        with _explained(self._name, "asked"):
            return self._model.embed_query(text)


@contextmanager
def _explained(name: str, done: str) -> Iterator[None]:
    """Give the failure of any provider one name; each of them raises kinds of its own."""
    try:
        yield
    except Exception as e:
        raise EmbeddingUnavailable(_explain(name, done, e)) from e


def _explain(name: str, done: str, error: Exception) -> str:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    if name == BUNDLED:
        remedy = (
            "it ships for x86-64 (and macOS) and Python up to 3.13: install 'wordllama', "
            f"or set EMBEDDING_MODEL to '{CHROMA_DEFAULT}' or 'PROVIDER:MODEL'"
        )
    elif name == CHROMA_DEFAULT:
        remedy = f"its first use needs the network: allow it, or set EMBEDDING_MODEL to '{BUNDLED}'"
    else:
        remedy = "install the provider's LangChain package and its key, or change EMBEDDING_MODEL"
    return f"embedding model '{name}' cannot be {done} ({reason}): {remedy}"
