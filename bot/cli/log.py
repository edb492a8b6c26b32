"""Commands on the decision log. Whoever may read the Redis sees every record here, whatever its audience."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime, time

from rich.console import Console
from rich.table import Table

from bot.app import now, open_providers, open_stores
from bot.cli import erase
from bot.cli.output import show
from bot.decision.options import SHORT_NAMES
from bot.errors import BotError, InputInvalid
from bot.letters import ClosedModel
from bot.record import DecisionRecord
from bot.replay import Replayed, replay
from bot.settings import Settings
from bot.watching import closed_in

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "id",
    "decided_at",
    "status",
    "option",
    "direction",
    "rule",
    "confidence",
    "owner",
    "context",
    "link",
    "origin",
)
_RISKY_FIRST = ("=", "+", "-", "@", "\t", "\r")


class ReplayDiffers(BotError):
    """Some outcome did not come out again."""


def run(options: argparse.Namespace, settings: Settings) -> None:
    """List the log, derive it again, show which decisions rest on a closed model, or erase words."""
    if options.action == "erase":
        erase.run(options, settings)
        return
    if options.id or options.user:
        raise InputInvalid("an ID or --user goes with `decisions erase`")
    since = datetime.combine(options.since, time(), UTC) if options.since else _BEGINNING
    records = asyncio.run(_read_log(settings, options.team, since))
    if options.action == "replay":
        _replay(records, as_json=options.json)
    elif options.action == "watch":
        _watch(closed_in(records, open_providers(), now().date()), as_json=options.json)
    elif options.json:
        show(json.dumps([record.model_dump(mode="json") for record in records], ensure_ascii=False))
    elif options.csv:
        show(_as_csv(records))
    else:
        _show_table(records)


async def _read_log(settings: Settings, team: str | None, since: datetime) -> list[DecisionRecord]:
    async with open_stores(settings) as stores:
        teams = [team] if team else await stores.log.team_ids()
        return [record for id_ in teams async for record in stores.log.between(id_, since, now())]


def _row(record: DecisionRecord) -> tuple[str, ...]:
    current = record.current
    return (
        record.id,
        record.decided_at.isoformat(timespec="seconds"),
        record.status,
        current.option,
        current.direction,
        current.gate or current.rule,
        current.confidence or "",
        record.owner,
        record.context,
        record.link,
        record.origin,
    )


def _as_csv(records: list[DecisionRecord]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for record in records:
        # A spreadsheet runs what begins like a formula.
        writer.writerow([f"'{cell}" if cell.startswith(_RISKY_FIRST) else cell for cell in _row(record)])
    return text.getvalue().rstrip("\n")


def _show_table(records: list[DecisionRecord]) -> None:
    if not records:
        show('No decisions yet. Ask one: python -m bot ask "should we fine-tune?"')
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "when", "status", "outcome", "asked"):
        table.add_column(title, no_wrap=title in ("id", "when", "status"))
    for record in records:
        when = record.decided_at.strftime("%Y-%m-%d %H:%M")
        said = SHORT_NAMES[record.current.option]
        mark = " (provisional)" if record.current.is_provisional else ""
        if not record.was_recommended:
            mark = " (saved by people, not recommended)"
        table.add_row(record.id, when, record.status, f"{said}{mark}", record.context)
    Console(highlight=False, markup=False).print(table)


def _replay(records: list[DecisionRecord], *, as_json: bool) -> None:
    results = [result for record in records for result in replay(record)]
    if as_json:
        show(json.dumps([result.as_json() for result in results], ensure_ascii=False))
    else:
        for result in results:
            if result.outcome not in ("same", "saved"):
                show(f"{result.decision_id} revision {result.revision}: {result.explanation}")
        show(_count(results))
    if any(result.outcome == "different" for result in results):
        raise ReplayDiffers("some outcomes differ from what was recorded; the lines above name them")


def _watch(closed: list[ClosedModel], *, as_json: bool) -> None:
    if as_json:
        show(json.dumps([_closed_as_json(one) for one in closed], ensure_ascii=False))
        return
    for one in closed:
        same = "still" if one.is_same else "today"
        show(f"{one.record.id} rests on {one.model}, which {one.what}; {same}: {one.headline}")
        show(f"  {one.evidence}")
    touched = "1 decision rests" if len(closed) == 1 else f"{len(closed)} decisions rest"
    show(f"{touched} on a model that was closed since.")


def _closed_as_json(one: ClosedModel) -> dict[str, str | bool]:
    return {
        "decision_id": one.record.id,
        "owner": one.record.owner,
        "row": one.row,
        "status": one.status,
        "evidence": one.evidence,
        "headline": one.headline,
        "is_same": one.is_same,
    }


def _count(results: list[Replayed]) -> str:
    counted = Counter(result.outcome for result in results)
    saved = counted["saved"]
    skipped = f"; {saved} skipped that people saved, because no policy made them" if saved else ""
    return (
        f"{len(results) - saved} recommendations: {counted['same']} same, {counted['different']} different, "
        f"{counted['other_version']} of another policy version{skipped}"
    )
