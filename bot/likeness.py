"""How alike two questions are: the distance of their meanings, from the vectors that ship with the bot.

Everybody here asks whether to train something, so the words of that are left out; the subject remains.
On `tests/golden/similar` that tells pairs apart which whole sentences do not.
"""

from __future__ import annotations

import numpy as np

from bot.record import DecisionRecord
from knowledge.word_vectors import DIMENSIONS, has_vectors, text_vector
from knowledge.words import content_words

DECIDED = frozenset({"accepted", "overridden"})
"""Only what people decided and what still stands is worth recalling."""
MARK_BYTES = DIMENSIONS
"""One whole number of a byte a dimension: a quarter of the memory, and no pair is ranked otherwise for it."""
_HIGHEST = 127
_EVERYBODYS = frozenset(
    """
    fine finetune finetuned finetuning tune tunes tuned tuning train trains trained training retrain model
    models llm bot assistant answer answers help better
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)

Vectors = np.ndarray[tuple[int, int], np.dtype[np.int8]]
Distances = np.ndarray[tuple[int], np.dtype[np.float32]]


def mark_of(record: DecisionRecord) -> bytes:
    """Return what a decided record is recalled by; empty for others, and where there is nothing to go by."""
    return mark(record.context) if record.status in DECIDED else b""


def mark(question: str) -> bytes:
    """Return the direction of a text's meaning in `MARK_BYTES`; empty when it has none."""
    subject = " ".join(word for word in content_words(question) if word not in _EVERYBODYS)
    if not subject or not has_vectors():
        return b""
    vector = text_vector(subject)
    longest = float(np.abs(vector).max())
    return np.rint(vector * (_HIGHEST / longest)).astype(np.int8).tobytes() if longest else b""


def distances(question: bytes, marks: Vectors) -> Distances:
    """Return the cosine distance, 0–2, of each row of marks from the mark of a question."""
    one = np.frombuffer(question, dtype=np.int8).astype(np.float32)
    rows = marks.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows)) * np.float32(np.linalg.norm(one))
    similarity: Distances = (rows @ one) / lengths
    return 1 - similarity
