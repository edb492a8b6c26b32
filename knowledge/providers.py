"""Which models can be fine-tuned where, and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from knowledge.reference_file import load_rows

Text = Annotated[str, Field(min_length=1)]


class ModelAvailability(BaseModel):
    """One model: who offers it, whether it can be tuned, and where we read that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Text
    name: Text
    vendor: Text
    aliases: tuple[Text, ...] = ()
    tunable: Literal["yes", "no", "existing_customers"]
    tunable_until: date | None = None
    retires_on: date | None = None
    hosting: Literal["api", "open_weights"]
    note: str = ""
    as_of: date
    source: HttpUrl
    evidence: Text


@dataclass(frozen=True, slots=True)
class Providers:
    """The table of models."""

    models: tuple[ModelAvailability, ...]

    def find(self, text: str) -> ModelAvailability | None:
        """Return the model that `text` names; the longest name wins ("gpt-4.1 mini" before "gpt-4.1")."""
        squeezed = _squeeze(text)
        best: tuple[int, ModelAvailability] | None = None
        for model in self.models:
            for name in {model.slug, model.name, *model.aliases}:
                key = _squeeze(name)
                # What a family's row says of retiring holds for the members it knows, not for any number.
                number = r"| \d" if model.retires_on and not re.search(r"\d", key) else ""
                found = re.search(rf"(?<![\w.]){re.escape(key)}(?![\w]|\.\d{number})", squeezed)
                if found and (best is None or len(key) > best[0]):
                    best = (len(key), model)
        return best[1] if best else None

    def stale_rows(self, today: date, older_than_days: int = 60) -> tuple[ModelAvailability, ...]:
        """Return the rows whose `as_of` is older than allowed, oldest first."""
        stale = [model for model in self.models if (today - model.as_of).days > older_than_days]
        return tuple(sorted(stale, key=lambda model: model.as_of))


def load_providers(path: Path) -> Providers:
    """Read the table. Raises ReferenceDataInvalid naming file and row."""
    return Providers(load_rows(path, "models", ModelAvailability, names=lambda row: (row.slug, *row.aliases)))


def _squeeze(text: str) -> str:
    """Lower-case, with hyphens, underscores and runs of spaces read as one space."""
    return re.sub(r"[\s_\-‐‑–]+", " ", text.lower()).strip()
