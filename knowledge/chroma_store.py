"""The Chroma that holds the vectors: embedded in a folder, or a server."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from knowledge.errors import IndexUnavailable, KnowledgeError
from knowledge.time_limit import call_within

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

T = TypeVar("T")

OPEN_LIMIT_SECONDS = 10.0
_LOCK_LIMIT_SECONDS = 2.0


class ChromaStore:
    """One Chroma client whose failures are explained; safe to use from several threads."""

    def __init__(self, client: ClientAPI, where: str, *, is_server: bool) -> None:
        self.client = client
        self.where = where
        self.is_server = is_server

    @classmethod
    def open_folder(cls, folder: Path) -> ChromaStore:
        """Open the embedded Chroma of this process, starting afresh when its database is damaged.

        Raises IndexUnavailable when it cannot be opened or another process locks the database.
        """
        from chromadb import PersistentClient  # noqa: PLC0415 - takes half a second
        from chromadb.config import Settings  # noqa: PLC0415 - as above

        def connect() -> ClientAPI:
            return PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))

        if _is_damaged(folder / "chroma.sqlite3"):
            shutil.rmtree(folder)
        try:
            client = call_within(OPEN_LIMIT_SECONDS, connect)
        except BaseException as e:
            _raise_unless_from_chroma(e)
            raise IndexUnavailable(f"{folder}: Chroma cannot open it ({_first_line(e)}): remove it") from e
        return cls(client, str(folder), is_server=False)

    @classmethod
    def open_server(cls, url: str) -> ChromaStore:
        """Connect to a Chroma server. Raises IndexUnavailable when it does not answer in time."""
        from chromadb import HttpClient  # noqa: PLC0415 - takes half a second
        from chromadb.config import Settings  # noqa: PLC0415 - as above

        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise IndexUnavailable(f"CHROMA_URL '{url}': is not an http(s) address: correct it")
        is_tls = parts.scheme == "https"
        host, port = parts.hostname, parts.port or (443 if is_tls else 8000)

        def connect() -> ClientAPI:
            return HttpClient(host=host, port=port, ssl=is_tls, settings=Settings(anonymized_telemetry=False))

        try:
            client = call_within(OPEN_LIMIT_SECONDS, connect)
        except Exception as e:
            raise IndexUnavailable(
                f"CHROMA_URL {host}:{port}: no Chroma server answers ({_first_line(e)}): "
                "start it or unset CHROMA_URL"
            ) from e
        return cls(client, f"{host}:{port}", is_server=True)

    def call(self, seconds: float, call: Callable[[], T]) -> T:
        """Make a call to Chroma; only a server can hang, and only it pays for a thread with a time limit.

        Raises IndexUnavailable.
        """
        try:
            return call_within(seconds, call) if self.is_server else call()
        except KnowledgeError:
            raise  # the embedding model's own failure, already explained
        except BaseException as e:
            _raise_unless_from_chroma(e)
            remedy = "check the Chroma server" if self.is_server else "restart to check and rebuild the index"
            raise IndexUnavailable(f"{self.where}: Chroma failed ({_first_line(e)}): {remedy}") from e

    def collection_names(self) -> set[str]:
        """Return the names of all collections."""
        return self.call(OPEN_LIMIT_SECONDS, lambda: {found.name for found in self.client.list_collections()})

    def close(self) -> None:
        """Release the database; a second call does nothing."""
        self.client.close()  # type: ignore[attr-defined]  # on the class behind the interface
        if self.is_server:
            # Chroma's own close leaves its connections to the garbage collector.
            parts: tuple[Any, ...] = (self.client, self.client._admin_client)  # type: ignore[attr-defined]  # noqa: SLF001 - as above
            for part in parts:
                part._server._session.close()  # noqa: SLF001 - as above


def _is_damaged(database: Path) -> bool:
    """Look into the database before Chroma does. Raises IndexUnavailable when another process locks it.

    Chroma would wait for the lock for minutes, and panic on a damaged file.
    """
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=_LOCK_LIMIT_SECONDS)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError as e:
        if e.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise IndexUnavailable(f"{database}: another process locks it: stop that process") from e
        return True
    except sqlite3.DatabaseError:
        return True


def _raise_unless_from_chroma(error: BaseException) -> None:
    """Let through what is not a failure; a panic of Chroma's Rust side is one, though no `Exception`."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
