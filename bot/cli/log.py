"""Commands on the decision log. Whoever may read the Redis sees every record here, whatever its audience."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.adr import files
from bot.app import now, open_providers, open_stores
from bot.cli import erase
from bot.cli.adr_files import write_files
from bot.cli.looked_for import no_decisions
from bot.cli.output import say, show
from bot.decision.options import SHORT_NAMES
from bot.errors import BotError, InputInvalid, WrongUsage
from bot.importing import Imported, read_records, take_in
from bot.letters import ClosedModel
from bot.query import Query
from bot.record import DecisionRecord
from bot.replay import Replayed, replay
from bot.settings import Settings
from bot.stores.decisions import RedisDecisionLog
from bot.visibility import Sight
from bot.watching import closed_in

_OPEN_TO_ALL = (Sight("workspace"),)
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
    """List the log, write it out, take records in, derive outcomes again, watch, or erase.

    Raises InputInvalid.
    """
    if options.action == "erase":
        erase.run(options, settings)
        return
    if options.user:
        raise WrongUsage("--user goes with `decisions erase`; --person says whose decisions are listed")
    if (options.action == "import") != (options.of is not None):
        raise WrongUsage("write `decisions import FILE` with a file that `decisions --json` wrote")
    if options.all and not options.adr:
        raise WrongUsage("--all belongs to --adr DIR; everything else shows every decision anyway")
    asyncio.run(_run(options, settings))


async def _run(options: argparse.Namespace, settings: Settings) -> None:
    given = read_records(_text(Path(options.of)), options.of) if options.action == "import" else []
    async with open_stores(settings) as stores:
        if options.action == "import":
            _show_imported(await take_in(stores.log, given))
            return
        if options.action == "reindex":
            counts = [await stores.log.list_again(id_) for id_ in await stores.log.team_ids()]
            show(f"{sum(counts)} decisions listed again")
            return
        records = _matching(stores.log, options)
        if options.action == "replay":
            await _replay(records, options)
        elif options.action == "watch":
            watched = [record async for record in records]
            if watched or options.json:
                _watch(closed_in(watched, open_providers(), now().date()), as_json=options.json)
            else:
                show(no_decisions(options))
        elif options.json:
            await _show_json(records)
        elif options.csv:
            await _show_csv(records)
        elif options.adr:
            _write_adr(options, [record async for record in records])
        else:
            _show_table([record async for record in records], options)


async def _matching(
    log: RedisDecisionLog, options: argparse.Namespace
) -> AsyncGenerator[DecisionRecord, None]:
    query = Query(
        words=options.words,
        channel_id=options.channel,
        person=options.person,
        outcome=options.outcome,
        status=options.status,
        since=datetime.combine(options.since, time(), UTC) if options.since else None,
        due_before=options.due_before,
        is_oldest_first=True,
    )
    for team_id in [options.team] if options.team else await log.team_ids():
        async for record in log.matching(
            team_id, query, _OPEN_TO_ALL if _leaves_private_out(options) else None
        ):
            yield record


def _leaves_private_out(options: argparse.Namespace) -> bool:
    """Say whether only what the whole workspace may see is wanted: files beside code are read by many."""
    return options.adr is not None and not options.all


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputInvalid(f"{path} cannot be read: {reason}") from None


def _show_imported(imported: Imported) -> None:
    show(f"{imported.new} new, {imported.grown} carried on, {imported.kept} left as they were kept")


async def _show_json(records: AsyncIterator[DecisionRecord]) -> None:
    """Print a list, one record a line, without holding all of them."""
    before = "["
    async for record in records:
        show(f"{before}{json.dumps(record.model_dump(mode='json'), ensure_ascii=False)}")
        before = ","
    show("[]" if before == "[" else "]")


async def _show_csv(records: AsyncIterator[DecisionRecord]) -> None:
    show(_csv_line(_COLUMNS))
    async for record in records:
        # A spreadsheet runs what begins like a formula.
        show(_csv_line([f"'{cell}" if cell.startswith(_RISKY_FIRST) else cell for cell in _row(record)]))


def _csv_line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _write_adr(options: argparse.Namespace, records: list[DecisionRecord]) -> None:
    if not records:
        say(no_decisions(options))
    written = write_files(options.adr, files(records))
    show(
        f"{written.new} files new, {written.changed} changed, {written.unchanged} as they were: {options.adr}"
    )
    if not options.all:
        say("Only decisions that the whole workspace may see; --all writes private ones, too.")
        say("Those of channels that turned private since are still among them: Slack is not asked here.")
    if written.left:
        say(f"No longer among them, and left where they are: {', '.join(written.left)}")


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


def _show_table(records: list[DecisionRecord], options: argparse.Namespace) -> None:
    if not records:
        show(no_decisions(options))
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


async def _replay(records: AsyncIterator[DecisionRecord], options: argparse.Namespace) -> None:
    results = [result async for record in records for result in replay(record)]
    if not results and not options.json:
        show(no_decisions(options))
        return
    if options.json:
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
