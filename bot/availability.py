"""What the provider table says about a model, as of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from bot.decision.facts import Facts, FactValue, lowest
from bot.decision.thresholds import BASE_LIFE
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


Closing = Literal["retired", "tuning_ended", "closed_to_new", "retires"]
"""What can happen to a model that a decision to train rests on, the gravest first."""

CLOSINGS: dict[Closing, str] = {
    "retired": "has been retired",
    "tuning_ended": "can no longer be tuned",
    "closed_to_new": "can be tuned by those only who did so before",
    "retires": "retires too soon to train on",
}
"""Each as the end of a sentence about the model."""


def closing_since(
    row: ModelAvailability, facts: Facts, today: date, *, is_table_only: bool
) -> tuple[Closing, dict[str, FactValue]] | None:
    """Return the gravest thing that happened to a model since these facts, and the facts that follow from it.

    None when nothing did, or when the facts knew. `is_table_only`: that it could be tuned was nobody's word,
    it stood in the table.
    """
    now = _standing(row, today)
    days = None if facts.base_retire_days is None else lowest(facts.base_retire_days)
    retire = {} if now.retire_days is None else {"base_retire_days": now.retire_days}
    could_be_tuned = facts.base_tunable != "no"
    if row.retires_on is not None and row.retires_on < today and (days is None or days > 0):
        return "retired", {**retire, "base_tunable": "no"}
    if now.tunable == "no" and could_be_tuned:
        return "tuning_ended", {**retire, "base_tunable": "no"}
    if now.tunable == "unknown" and facts.base_tunable == "yes" and is_table_only:
        return "closed_to_new", {**retire, "base_tunable": "unknown"}
    is_short = now.retire_days is not None and now.retire_days < BASE_LIFE.value
    if is_short and (days is None or days >= BASE_LIFE.value):
        return "retires", dict(retire)
    return None


def _standing(row: ModelAvailability, today: date) -> NamedModel:
    tunable = _TUNABLE[row.tunable]
    if row.tunable_until is not None and row.tunable_until < today:
        tunable = "no"
    retire_days = None if row.retires_on is None else max(0, (row.retires_on - today).days)
    return NamedModel(row.slug, tunable, retire_days, row.hosting == "open_weights")
