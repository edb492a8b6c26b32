"""Takes single values out of Slack's raw dicts, whatever stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Raw = Mapping[str, Any]


def part_of(raw: Raw, key: str) -> Raw:
    """Return a dict inside another; empty when there is none."""
    part = raw.get(key)
    return part if isinstance(part, Mapping) else {}


def rows_of(raw: Raw, key: str) -> list[Raw]:
    """Return the dicts of a list."""
    rows = raw.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def ids_of(raw: Raw, key: str) -> list[str]:
    """Return the texts of a list."""
    ids = raw.get(key)
    return [id_ for id_ in ids if isinstance(id_, str)] if isinstance(ids, list) else []


def text_of(raw: Raw, key: str) -> str:
    """Return a text, which can always be encoded; "" when there is none."""
    value = raw.get(key)
    # Half a character would pass through everything up to the first encoder, and be lost there.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def moment_of(ts: str) -> datetime | None:
    """Return when something happened by its ts, in seconds since 1970; None when it is none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None
