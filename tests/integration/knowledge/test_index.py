from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from knowledge import index as index_module
from knowledge.embedding import open_embeddings
from knowledge.errors import DocumentInvalid, EmbeddingUnavailable, GlossaryInvalid, IndexUnavailable
from knowledge.index import KnowledgeIndex
from tests.integration.knowledge.conftest import OpenIndex

QUESTION = "why do output tokens cost more"
EXPECTED = "token/questions/1"


class MirroredEmbeddings(Embeddings):
    """Another model: the bundled one with its dimensions turned round."""

    def __init__(self) -> None:
        self._bundled = open_embeddings("wordllama")
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [vector[::-1] for vector in self._bundled.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self._bundled.embed_query(text)[::-1]


def find(index: KnowledgeIndex, question: str = QUESTION) -> list[str]:
    return [passage.id for passage in index.retriever.search(question)]


def test_a_missing_index_is_built_with_one_line_of_progress(
    open_index: OpenIndex, progress: list[str]
) -> None:
    index = open_index()

    assert find(index)[0] == EXPECTED
    assert index.stats().is_rebuilt
    assert index.stats().terms == 3
    assert len(progress) == 1
    assert "built" in progress[0]


def test_opening_again_builds_nothing(open_index: OpenIndex, progress: list[str]) -> None:
    with closing(open_index()) as first:
        before = first.stats()
    progress.clear()

    index = open_index()

    assert progress == []
    assert not index.stats().is_rebuilt
    assert index.stats().fingerprint == before.fingerprint
    assert find(index)[0] == EXPECTED


def test_a_changed_file_is_indexed_again_and_the_old_index_removed(
    open_index: OpenIndex, glossary_folder: Path, tmp_path: Path
) -> None:
    with closing(open_index()) as first:
        before = first.stats().fingerprint
    path = glossary_folder / "01-token.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("How do I count tokens?", "Is a stamp a token?"), encoding="utf-8")

    with closing(open_index()) as index:
        assert index.stats().is_rebuilt
        assert index.stats().fingerprint != before
        assert any("Is a stamp" in passage.text for passage in index.retriever.search("is a stamp a token"))
    assert {path.name for path in (tmp_path / "index").iterdir()} == {
        "lock",
        f"keywords-{index.stats().fingerprint}.sqlite",
        f"chroma-{index.stats().fingerprint}",
    }


def test_touching_a_file_without_changing_it_builds_nothing(
    open_index: OpenIndex, glossary_folder: Path
) -> None:
    open_index().close()
    path = glossary_folder / "01-token.md"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")

    assert not open_index().stats().is_rebuilt


def test_another_embedding_model_indexes_again(
    open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index().close()
    monkeypatch.setattr(index_module, "open_embeddings", lambda _: MirroredEmbeddings())

    index = open_index(embeddings_name="mirrored")

    assert index.stats().is_rebuilt
    assert find(index)[0] == EXPECTED


def test_a_model_that_cannot_be_loaded_is_reported_and_releases_the_folder(open_index: OpenIndex) -> None:
    with pytest.raises(EmbeddingUnavailable):
        open_index(embeddings_name="nonsense")

    assert find(open_index())[0] == EXPECTED


def test_a_lost_vector_folder_is_noticed_and_built_again(
    open_index: OpenIndex, progress: list[str], tmp_path: Path
) -> None:
    # Below a thousand vectors Chroma has not written the folder yet and reads its log instead.
    report = tmp_path / "report.txt"
    paragraphs = (f"Paragraph {number}: " + "nothing happened. " * 60 for number in range(1_500))
    report.write_text("\n\n".join(paragraphs), encoding="utf-8")
    open_index(documents=[report]).close()
    lost = [path for path in (tmp_path / "index").glob("chroma-*/*") if path.is_dir()]
    assert lost
    for folder in lost:
        shutil.rmtree(folder)
    progress.clear()

    index = open_index(documents=[report])

    assert len(progress) == 1
    assert "damaged" in progress[0]
    assert index.stats().is_rebuilt
    assert find(index)[0] == EXPECTED


@pytest.mark.parametrize("file", ["chroma-*/chroma.sqlite3", "keywords-*"])
@pytest.mark.parametrize("damage", ["garbage", "cut off"])
def test_a_damaged_file_is_noticed_and_built_again(
    open_index: OpenIndex, progress: list[str], tmp_path: Path, file: str, damage: str
) -> None:
    open_index().close()
    (path,) = (tmp_path / "index").glob(file)
    whole = path.read_bytes()
    path.write_bytes(b"\x13" * len(whole) if damage == "garbage" else whole[: len(whole) // 2])
    progress.clear()

    index = open_index()

    assert len(progress) == 1
    assert find(index)[0] == EXPECTED


def test_an_index_that_lacks_chunks_is_noticed_and_built_again(
    open_index: OpenIndex, progress: list[str]
) -> None:
    with closing(open_index()) as first:
        name = f"passages-{first.stats().fingerprint}"
        first._open_store(first.stats().fingerprint).client.get_collection(name).delete(ids=[EXPECTED])
    progress.clear()

    index = open_index()

    assert "damaged" in progress[0]
    assert find(index)[0] == EXPECTED


def test_a_broken_glossary_file_gives_one_clear_line(open_index: OpenIndex, glossary_folder: Path) -> None:
    (glossary_folder / "01-token.md").write_text("no front matter", encoding="utf-8")

    with pytest.raises(GlossaryInvalid, match=r"01-token\.md") as raised:
        open_index()

    assert "\n" not in str(raised.value)


def test_searches_from_many_threads_agree(open_index: OpenIndex) -> None:
    index = open_index()
    questions = [QUESTION, "what is an embedding", "can two models share one index", "hallucintaion"] * 25
    expected = [find(index, question) for question in questions]

    with ThreadPoolExecutor(max_workers=8) as pool:
        found = list(pool.map(lambda question: find(index, question), questions))

    assert found == expected


@contextmanager
def another_process(code: str) -> Iterator[subprocess.Popen[str]]:
    """Run code that prints one line when it is ready and ends when its input is closed."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.communicate("", timeout=20)


def test_a_folder_in_use_by_another_process_is_refused_within_seconds(
    open_index: OpenIndex, tmp_path: Path
) -> None:
    open_index().close()
    code = (
        "import sys; from filelock import FileLock\n"
        f"lock = FileLock({str(tmp_path / 'index' / 'lock')!r}); lock.acquire()\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    with another_process(code), pytest.raises(IndexUnavailable, match="another process uses this index"):
        open_index()

    assert find(open_index())[0] == EXPECTED


def test_a_locked_database_is_refused_within_seconds(open_index: OpenIndex, tmp_path: Path) -> None:
    open_index().close()
    (database,) = (tmp_path / "index").glob("chroma-*/chroma.sqlite3")
    code = (
        "import sqlite3, sys\n"
        f"c = sqlite3.connect({str(database)!r}, isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE'); print('ready', flush=True); sys.stdin.read()"
    )
    with another_process(code), pytest.raises(IndexUnavailable, match="another process locks it"):
        open_index()

    assert find(open_index())[0] == EXPECTED


def test_a_chroma_server_that_does_not_answer_is_refused(tmp_path: Path, glossary_folder: Path) -> None:
    with pytest.raises(IndexUnavailable, match="no Chroma server answers"):
        KnowledgeIndex.open(
            tmp_path / "index", glossary_folder, [], "wordllama", chroma_url="http://127.0.0.1:9"
        )


def test_a_wrong_server_address_is_refused(tmp_path: Path, glossary_folder: Path) -> None:
    with pytest.raises(IndexUnavailable, match="is not an http"):
        KnowledgeIndex.open(tmp_path / "index", glossary_folder, [], "wordllama", chroma_url="chroma:8000")


def test_a_folder_that_cannot_be_made_is_refused(open_index: OpenIndex, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(IndexUnavailable, match="cannot be written"):
        open_index(folder=tmp_path / "file" / "index")


def test_an_added_document_is_found_at_once_and_after_a_restart(
    open_index: OpenIndex, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.md"
    rules.write_text("# Approval\nEvery training job is approved by Petra.\n", encoding="utf-8")
    with closing(open_index()) as first:
        assert first.retriever.search("who approves a training job") == []
        first.add_document(rules)
        (passage,) = first.retriever.search("who approves a training job")
    rules.unlink()

    index = open_index()

    assert not index.stats().is_rebuilt
    assert index.stats().documents == (str(rules),)
    assert (passage.document, passage.slug, passage.section) == (str(rules), "", "Approval")
    assert index.retriever.search("who approves a training job") == [passage]
    assert find(index)[0] == EXPECTED


def test_a_named_document_is_indexed_and_leaves_with_its_name(open_index: OpenIndex, tmp_path: Path) -> None:
    rules = tmp_path / "rules.txt"
    rules.write_text("Every training job is approved by Petra.", encoding="utf-8")
    with closing(open_index(documents=[rules])) as first:
        assert first.stats().document_chunks == 1

    assert open_index().stats().document_chunks == 0


def test_adding_a_document_embeds_only_what_is_new(
    open_index: OpenIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = MirroredEmbeddings()
    monkeypatch.setattr(index_module, "open_embeddings", lambda _: model)
    index = open_index(embeddings_name="mirrored")
    rules = tmp_path / "rules.txt"
    rules.write_text("Every training job is approved by Petra.", encoding="utf-8")
    model.embedded.clear()

    index.add_document(rules)

    assert [text for text in model.embedded if "Petra" in text]
    assert not [text for text in model.embedded if text.startswith("Token: ")]


def test_a_document_that_cannot_be_read_changes_nothing(open_index: OpenIndex, tmp_path: Path) -> None:
    index = open_index()
    before = index.stats()

    with pytest.raises(DocumentInvalid):
        index.add_document(tmp_path / "gone.md")

    assert index.stats() == before
    assert find(index)[0] == EXPECTED


def test_searching_a_closed_index_says_so(open_index: OpenIndex) -> None:
    index = open_index()
    retriever = index.retriever
    index.close()
    index.close()

    with pytest.raises(IndexUnavailable):
        retriever.search(QUESTION)


def test_a_build_that_was_interrupted_is_never_searched(
    open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch, progress: list[str]
) -> None:
    class Failing(MirroredEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise EmbeddingUnavailable(f"no network for {len(texts)} texts")

    with monkeypatch.context() as patch:
        patch.setattr(index_module, "open_embeddings", lambda _: Failing())
        with pytest.raises(EmbeddingUnavailable):
            open_index(embeddings_name="remote")
    monkeypatch.setattr(index_module, "open_embeddings", lambda _: MirroredEmbeddings())

    index = open_index(embeddings_name="remote")

    assert "damaged" in progress[-1]
    assert find(index)[0] == EXPECTED


def test_the_keyword_file_holds_every_chunk(open_index: OpenIndex, tmp_path: Path) -> None:
    stats = open_index().stats()
    with closing(sqlite3.connect(tmp_path / "index" / f"keywords-{stats.fingerprint}.sqlite")) as connection:
        count = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]

    assert count == stats.glossary_chunks
