"""Ranked keyword search over the chunks: SQLite FTS5, which is in the standard library."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.chunking import Chunk
from knowledge.errors import IndexUnavailable

# bm25 weights of the columns id, document, names, question, body: a name says more than a text.
_WEIGHTS = (0.0, 0.0, 2.0, 3.0, 1.0)


class KeywordIndex:
    """One finished, read-only index file; safe to search from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._one_at_a_time = threading.Lock()

    @classmethod
    def build(cls, path: Path, chunks: Sequence[Chunk]) -> KeywordIndex:
        """Write the index beside `path`, then move it there in one step. Raises IndexUnavailable."""
        unfinished = path.with_name(path.name + ".new")
        try:
            unfinished.unlink(missing_ok=True)
            connection = sqlite3.connect(unfinished)
            try:
                _fill(connection, chunks)
            finally:
                connection.close()
            unfinished.replace(path)
        except (OSError, sqlite3.Error) as e:
            raise IndexUnavailable(f"{path}: cannot be written ({e}): check space and rights") from e
        opened = cls.open(path, len(chunks))
        if opened is None:
            raise IndexUnavailable(f"{path}: cannot be read back after writing: check the disk")
        return opened

    @classmethod
    def open(cls, path: Path, expected_count: int) -> KeywordIndex | None:
        """Open a finished file; None when it is missing, damaged or holds another number of chunks."""
        try:
            # Immutable: nobody writes a finished file, so no lock file and no journal are needed.
            uri = f"{path.absolute().as_uri()}?immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error:
            return None
        try:
            sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            count = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        except sqlite3.Error:
            sound, count = False, -1
        if not sound or count != expected_count:
            connection.close()
            return None
        return cls(connection)

    def search(self, words: Iterable[str], limit: int, document: str | None = None) -> list[str]:
        """Return ids of chunks, of one document or of all, that hold any of the words, best first (bm25).

        Raises IndexUnavailable.
        """
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words) if '"' not in word)
        if not wanted:
            return []
        try:
            with self._one_at_a_time:
                rows = self._connection.execute(
                    "SELECT id FROM chunks WHERE chunks MATCH ? AND document = coalesce(?, document)"
                    " ORDER BY bm25(chunks, ?, ?, ?, ?, ?), rowid LIMIT ?",
                    (wanted, document, *_WEIGHTS, limit),
                ).fetchall()
        except sqlite3.Error as e:
            raise IndexUnavailable(f"keyword index: cannot be searched ({e}): restart to rebuild it") from e
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        with self._one_at_a_time:
            self._connection.close()


def _fill(connection: sqlite3.Connection, chunks: Sequence[Chunk]) -> None:
    with connection:
        connection.execute(
            "CREATE VIRTUAL TABLE chunks USING fts5(id UNINDEXED, document UNINDEXED, names, question, body,"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)",
            ((c.id, c.passage.document, c.names, c.question, c.passage.text) for c in chunks),
        )
