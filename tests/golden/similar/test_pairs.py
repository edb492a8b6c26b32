"""How well a similar question is told from one that only sounds like it: pairs written by hand, half of each.

The unlike ones share their setting or their words with each other on purpose. The distance was chosen on the
pairs with an odd number; the others say what it is worth.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.decision.facts import Facts
from bot.decision.statements import understand
from bot.likeness import distances, mark
from bot.recalling import SIMILAR_WITHIN, is_similar
from bot.understanding.reading import read

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text().splitlines()]


def facts(question: str) -> Facts:
    return understand(read(question).statements).facts


def distance(one: str, other: str) -> float:
    return float(distances(mark(one), np.frombuffer(mark(other), dtype=np.int8)[None, :])[0])


def measured(half: int) -> tuple[float, float]:
    """Return precision and recall on every second pair."""
    told = [
        (is_similar(distance(one, other), facts(one), facts(other)), bool(pair["is_similar"]))
        for pair in PAIRS[half::2]
        for one, other in [(pair["one"], pair["other"])]
    ]
    right = sum(said and is_so for said, is_so in told)
    return right / sum(said for said, _ in told), right / sum(is_so for _, is_so in told)


def test_half_of_the_pairs_are_similar() -> None:
    assert (len(PAIRS), sum(pair["is_similar"] for pair in PAIRS)) == (100, 50)


@pytest.mark.parametrize("half", [0, 1])
def test_most_of_what_is_called_similar_is(half: int) -> None:
    precision, recall = measured(half)
    print(f"within {SIMILAR_WITHIN}: precision {precision:.2f}, recall {recall:.2f}")  # noqa: T201 - `pytest -s`
    assert precision >= 0.7
    assert recall >= 0.4


def test_what_only_the_facts_tell_apart_is_not_similar() -> None:
    slow = "Our bot for refund letters is too slow and too expensive. Train it?"
    wrong = "Our bot for refund letters makes up facts about products. Train it?"
    assert distance(slow, wrong) < 0.6
    assert not is_similar(0.0, facts(slow), facts(wrong))
