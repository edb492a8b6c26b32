"""Sentences as models write them, faithful and not, each in the context of a whole answer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.claims import Grounds, check, vendor_names
from bot.decision.options import Option
from bot.language_model import WrittenSentence
from knowledge.providers import load_providers

HERE = Path(__file__).parent
VENDORS = vendor_names(load_providers(HERE.parents[2] / "knowledge" / "providers.yaml"))
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
]


def read_contexts() -> dict[str, Grounds]:
    contexts = json.loads((HERE / "contexts.json").read_text(encoding="utf-8"))
    return {
        name: Grounds(
            option=Option(row["option"]) if row["option"] else None,
            direction=Option(row["direction"]) if row["direction"] else None,
            template=dict(enumerate(row["template"], start=1)),
            passages=dict(enumerate(row["passages"], start=1)),
            facts=tuple(row["facts"]),
            vendors=VENDORS,
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


# The floors stand a little under what was measured when they were set: 81 % and 68 %.
@pytest.mark.parametrize(("half", "floor"), [("development", 0.79), ("held_out", 0.65)])
def test_most_faithful_sentences_are_let_through(half: str, floor: float) -> None:
    count, passing = accepted(half, "faithful")
    assert len(passing) / count >= floor


# Nearly all of the bad ones are made to deceive: the words of a ground, in the wrong relation.
@pytest.mark.parametrize(("half", "known"), [("development", 6), ("held_out", 7)])
def test_no_more_bad_sentences_slip_through_than_are_known(half: str, known: int) -> None:
    _, passing = accepted(half, "bad")
    assert len(passing) == known, passing
