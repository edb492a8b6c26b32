"""List prices, each with the day it was read and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.reference_file import load_rows

Text = Annotated[str, Field(min_length=1)]
Usd = Annotated[float, Field(ge=0)]
# YAML reads 2026-11-23 as a date and 2026 as a number; a month is a string.
AsOf = Annotated[date | str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class Price(BaseModel):
    """One row of the price list, in US dollars for one `unit`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Text
    item: Text
    kind: Literal["inference", "training", "hosting", "gpu", "retrieval", "historic"]
    unit: Text
    input: Usd | None = None
    cache_read: Usd | None = None
    cache_write: Usd | None = None
    output: Usd | None = None
    amount: Usd | None = None
    prompts_over_tokens: Annotated[int, Field(gt=0)] | None = None
    """The row holds for whole requests with more prompt tokens than this; None: for all that no other has."""
    as_of: AsOf
    source: Text
    checked: Text


@dataclass(frozen=True, slots=True)
class Prices:
    """The price list."""

    rows: Mapping[str, Price]

    def get(self, slug: str) -> Price | None:
        """Return the row with this slug."""
        return self.rows.get(slug)

    def stale_rows(self, today: date, older_than_days: int = 60) -> tuple[Price, ...]:
        """Return the rows read longer ago than allowed; historic prices never go stale.

        A month ("2026-11") or year counts from its first day; a row with no date at all is stale.
        """
        return tuple(
            row
            for row in self.rows.values()
            if row.kind != "historic" and (today - _first_day(row.as_of)).days > older_than_days
        )


def load_prices(path: Path) -> Prices:
    """Read the price list. Raises ReferenceDataInvalid naming file and row."""
    rows = load_rows(path, "prices", Price, names=lambda row: (row.slug,))
    return Prices({row.slug: row for row in rows})


def _first_day(as_of: date | str) -> date:
    if isinstance(as_of, date):
        return as_of
    written = re.search(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d))?", as_of)
    if written is None:
        return date.min
    year, month, day = written.groups()
    return date(int(year), int(month or 1), int(day or 1))
