from __future__ import annotations

import logging
import sys

import pytest

from knowledge import word_vectors
from knowledge.embedding import open_embeddings
from knowledge.errors import EmbeddingUnavailable

pytest.importorskip("wordllama", reason="the bundled model has no wheel for this platform")


def test_the_bundled_model_gives_unit_vectors_of_one_length() -> None:
    model = open_embeddings("wordllama")

    vectors = [*model.embed_documents(["a token", "an embedding"]), model.embed_query("a token")]

    assert {len(vector) for vector in vectors} == {256}
    assert all(sum(number * number for number in vector) == pytest.approx(1) for vector in vectors)
    assert vectors[0] == vectors[2]


@pytest.mark.parametrize("text", ["", " ", "\n", "?!", "😀", "a" * 100_000])
def test_a_strange_text_is_embedded_without_failing(text: str) -> None:
    vector = open_embeddings("wordllama").embed_query(text)

    assert all(number == number for number in vector)  # noqa: PLR0124 - false for "not a number" only


def test_a_missing_package_is_named_with_the_setting_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wordllama", None)
    word_vectors.load_model.cache_clear()

    with pytest.raises(EmbeddingUnavailable, match="set EMBEDDING_MODEL to 'chroma'") as raised:
        open_embeddings("wordllama")

    assert "\n" not in str(raised.value)


def test_a_provider_without_its_package_is_named() -> None:
    with pytest.raises(EmbeddingUnavailable, match="install the provider's LangChain package"):
        open_embeddings("mistralai:mistral-embed")


def test_an_unknown_name_is_refused_with_the_choices() -> None:
    with pytest.raises(EmbeddingUnavailable, match="'nonsense' is not known: use 'wordllama', 'chroma'"):
        open_embeddings("nonsense")


def test_loading_the_bundled_model_leaves_logging_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "wordllama"]:
        monkeypatch.delitem(sys.modules, name)
    root = logging.getLogger()
    before = root.level, list(root.handlers)

    open_embeddings("wordllama")

    assert (root.level, list(root.handlers)) == before
