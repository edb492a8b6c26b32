"""What the provider table says about a model, as of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from bot.understanding.named_model import NamedModel
from knowledge.providers import ModelAvailability, Providers

STALE_AFTER_DAYS = 60

_TUNABLE: dict[str, Literal["yes", "no", "unknown"]] = {
    "yes": "yes",
    "no": "no",
    "existing_customers": "unknown",  # whether they are one decides, and only they know
}


def model_finder(providers: Providers, today: date) -> Callable[[str], NamedModel | None]:
    """Return a look-up from words to a model's standing on `today`."""

    def find(text: str) -> NamedModel | None:
        row = providers.find(text)
        return None if row is None else _standing(row, today)

    return find


def describe(row: ModelAvailability, today: date) -> str:
    """Return what is known about a model, with its date and source, as one line for people."""
    line = f"{row.name}: {row.note} (as of {row.as_of:%-d %B %Y}, {row.source})"
    if (today - row.as_of).days > STALE_AFTER_DAYS:
        line += f" That is more than {STALE_AFTER_DAYS} days old; check it before you rely on it."
    return line


def _standing(row: ModelAvailability, today: date) -> NamedModel:
    tunable = _TUNABLE[row.tunable]
    if row.tunable_until is not None and row.tunable_until < today:
        tunable = "no"
    retire_days = None if row.retires_on is None else max(0, (row.retires_on - today).days)
    return NamedModel(row.slug, tunable, retire_days, row.hosting == "open_weights")
