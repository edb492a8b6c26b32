"""How often a word, in any of its forms, occurs in a set of texts."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable


class Vocabulary:
    """Counts by word stem (Porter, as in the keyword index); safe to use from several threads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._one_at_a_time = threading.Lock()
        with self._connection:
            self._connection.execute(
                "CREATE VIRTUAL TABLE texts USING fts5"
                "(text, tokenize = 'porter unicode61 remove_diacritics 2')"
            )
            self._connection.executemany("INSERT INTO texts VALUES (?)", ((text,) for text in texts))

    def count(self, word: str) -> int:
        """Return how many of the texts hold the word (letters and digits only) in some form."""
        with self._one_at_a_time:
            row = self._connection.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (f'"{word}"',))
            return int(row.fetchone()[0])

    def close(self) -> None:
        """Give the memory back."""
        with self._one_at_a_time:
            self._connection.close()
