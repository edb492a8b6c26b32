"""The learned reader of amounts: what each number states, and what is stated without any."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.learned.examples import FOLDER
from bot.understanding.learned.linear import LinearModel, load

NUMBERS, ROLE, ABSENCE = "numbers.npz", "role", "absence"


@lru_cache(maxsize=1)
def load_numbers() -> LinearModel:
    """Return the weights, read once."""
    return load(FOLDER / NUMBERS)
