"""One real Chroma server, as several replicas share it, started by the command that the image runs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from knowledge.chroma_store import ChromaStore
from knowledge.index import KnowledgeIndex

COMMAND = Path(sys.executable).with_name("chroma")
STARTS_WITHIN_S = 30.0
QUESTION = "why do output tokens cost more"
EXPECTED = "token/questions/1"
OpenReplica = Callable[[str], KnowledgeIndex]


@pytest.fixture
def chroma_url(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(COMMAND), "run", "--path", str(tmp_path / "chroma"), "--host", "127.0.0.1"]
    with (tmp_path / "chroma.log").open("wb") as log:
        server = subprocess.Popen([*command, "--port", str(port)], cwd=tmp_path, stdout=log, stderr=log)  # noqa: S603 - our own server
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN_S
    while True:
        assert server.poll() is None, "the server ended"
        assert time.monotonic() < end, "the server did not answer"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)


@pytest.fixture
def store(chroma_url: str) -> Iterator[ChromaStore]:
    """Look into the server from outside."""
    with closing(ChromaStore.open_server(chroma_url)) as opened:
        yield opened


@pytest.fixture
def open_replica(tmp_path: Path, glossary_folder: Path, chroma_url: str) -> Iterator[OpenReplica]:
    """Opens the index as one more replica does: with a folder of its own, at the same server."""
    with ExitStack() as stack:

        def open_it(name: str) -> KnowledgeIndex:
            index = KnowledgeIndex.open(
                tmp_path / name, glossary_folder, [], "wordllama", chroma_url=chroma_url
            )
            stack.callback(index.close)
            return index

        yield open_it


def test_replicas_share_the_vectors_and_each_has_its_keywords(
    open_replica: OpenReplica, store: ChromaStore
) -> None:
    first, second = open_replica("first"), open_replica("second")
    assert len(store.collection_names()) == 1
    for index in (first, second):
        assert index.retriever.search(QUESTION)[0].id == EXPECTED


def test_a_replica_that_finds_it_half_written_completes_it_and_takes_it_from_nobody(
    open_replica: OpenReplica, store: ChromaStore
) -> None:
    writing = open_replica("writing")
    collection = store.client.list_collections()[0]
    collection.delete(ids=collection.get()["ids"][3:])
    joining = open_replica("joining")
    assert [found.id for found in store.client.list_collections()] == [collection.id]
    for index in (writing, joining):
        assert index.retriever.search(QUESTION)[0].id == EXPECTED
