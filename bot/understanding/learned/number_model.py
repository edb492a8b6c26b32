"""The learned reader of amounts: what each number states, and what is stated without any."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.decision.questions import NEWS
from bot.understanding.learned.examples import FOLDER, NEWS_FOLDER
from bot.understanding.learned.linear import LinearModel, load

NUMBERS, ROLE, ABSENCE = "numbers.npz", "role", "absence"


def load_numbers(question_id: str) -> LinearModel:
    """Return the weights for what answers this question, or "", read once."""
    return _weights((NEWS_FOLDER if question_id == NEWS.id else FOLDER) / NUMBERS)


@lru_cache(maxsize=2)
def _weights(path: Path) -> LinearModel:
    return load(path)
