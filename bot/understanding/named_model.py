"""What a message's model name stands for, looked up by whoever knows the provider table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A row of the provider table, as far as facts follow from it."""

    slug: str
    tunable: Literal["yes", "no", "unknown"]
    retire_days: int | None
    """Days until it, or what is tuned on it, stops answering; None when no date is published."""
    is_open_weights: bool
