"""Decisions taken in from the JSON that `decisions --json` writes: all of them can be, or none is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import InputInvalid, StoredDataInvalid
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.stores.decision_rows import MIGRATIONS
from bot.stores.record_history import forgets
from bot.stores.stored_json import read_stored

Fate = Literal["new", "grown", "same", "behind", "contrary"]
"""Of a record beside the kept one: there is none; it goes on where that ends; it is the same; it lacks
something that the kept one has (or has what was erased there); each has something that the other lacks."""


@dataclass(frozen=True)
class Imported:
    """How many records were taken in, and how many were there already, at least as complete."""

    new: int
    grown: int
    kept: int


def read_records(text: str, what: str) -> list[DecisionRecord]:
    """Return the records of a JSON list. `what` names it in errors. Raises InputInvalid."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise InputInvalid(f"{what} is not JSON; `decisions --json` writes what is wanted here") from None
    if not isinstance(rows, list):
        raise InputInvalid(f"{what} is not a list of decisions; `decisions --json` writes one")
    records = []
    for number, row in enumerate(rows, start=1):
        try:
            records.append(
                read_stored(DecisionRecord, json.dumps(row), f"{what}: decision {number}", MIGRATIONS)
            )
        except StoredDataInvalid as error:
            raise InputInvalid(str(error)) from None
    twice = [one for one, count in Counter(map(_key, records)).items() if count > 1]
    if twice:
        raise InputInvalid(f"{what} holds {twice[0][1]} twice; leave one of them")
    return records


async def take_in(log: DecisionLog, records: Sequence[DecisionRecord]) -> Imported:
    """Keep what is new or goes on where the kept record ends; what is behind the kept one changes nothing.

    Raises InputInvalid before anything is kept when a record contradicts the kept one, and what the log
    raises.
    """
    fates = []
    for record in records:
        fate = fate_of(record, await log.load(*_key(record)))
        if fate == "contrary":
            raise InputInvalid(
                f"{record.id} is kept with another history than the file's; nothing was taken in"
            )
        fates.append(fate)
    for record, fate in zip(records, fates, strict=True):
        if fate in ("new", "grown"):
            await log.save(record)
    counts = Counter(fates)
    return Imported(counts["new"], counts["grown"], counts["same"] + counts["behind"])


def fate_of(record: DecisionRecord, kept: DecisionRecord | None) -> Fate:
    """Say what is to become of a record beside the kept one. What was erased stays so."""
    if kept is None:
        return "new"
    if record == kept:
        return "same"
    if _was_erased_since(record, kept):
        return "behind"
    if forgets(record, kept):
        return "contrary" if forgets(kept, record) else "behind"
    is_longer = len(record.revisions) + len(record.history) > len(kept.revisions) + len(kept.history)
    restores = bool(record.context) and not kept.context
    return "grown" if is_longer and not restores else "behind"


def _was_erased_since(record: DecisionRecord, kept: DecisionRecord) -> bool:
    """Say whether the kept one is what became of `record` by more that was done, erasing among it.

    Names go with words then, so that the two are not alike in more than what happened when.
    """
    steps, kept_steps = ([(one.at, one.what) for one in of.history] for of in (record, kept))
    since = kept_steps[len(steps) :]
    return kept_steps[: len(steps)] == steps and any(what == "erased" for _, what in since)


def _key(record: DecisionRecord) -> tuple[str, str]:
    return record.place.team_id, record.id
