"""Sentences as models write them, faithful and not, each in the context of a whole answer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from bot.claims import Grounds, check
from bot.language_model import WrittenSentence

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
]


def read_contexts() -> dict[str, Grounds]:
    contexts = json.loads((HERE / "contexts.json").read_text(encoding="utf-8"))
    return {
        name: Grounds(
            template=dict(enumerate(row["template"], start=1)),
            passages=dict(enumerate(row["passages"], start=1)),
            facts=tuple(row["facts"]),
        )
        for name, row in contexts.items()
    }


CONTEXTS = read_contexts()


def accepted(half: str, label: str) -> tuple[int, list[str]]:
    """Return how many there are, and the texts that pass."""
    rows = [row for row in ROWS if (row["half"], row["label"]) == (half, label)]
    passing = [
        row["text"]
        for row in rows
        if not check([WrittenSentence(row["number"], row["text"])], CONTEXTS[row["context"]])[0].failure
    ]
    return len(rows), passing


def test_there_are_as_many_sentences_as_were_written() -> None:
    counts = Counter((row["half"], row["label"]) for row in ROWS)
    assert counts == {
        ("development", "faithful"): 230,
        ("development", "bad"): 369,
        ("held_out", "faithful"): 44,
        ("held_out", "bad"): 64,
    }
    assert len({(row["context"], row["number"], row["text"]) for row in ROWS}) == len(ROWS)


def test_no_bad_sentence_slips_through() -> None:
    for half in ("development", "held_out"):
        _, passing = accepted(half, "bad")
        assert passing == []


# Faithful, but in words of their own: the check asks for ours. This says how much that costs.
def test_faithful_sentences_in_other_words_are_lost() -> None:
    kept = [accepted(half, "faithful") for half in ("development", "held_out")]
    assert sum(len(passing) for _, passing in kept) < 0.1 * sum(count for count, _ in kept)
