"""The command that lists what people thought of answers. Whoever may read the Redis sees every word here."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta

from rich.console import Console
from rich.table import Table

from bot.app import now, open_stores
from bot.cli.output import show
from bot.feedback import Feedback
from bot.settings import Settings

_VERDICTS = {"helpful": "helpful", "not_helpful": "not helpful"}


def run(options: argparse.Namespace, settings: Settings) -> None:
    """List the feedback of the last days, oldest first."""
    given = asyncio.run(_read(settings, options.team or "", options.days))
    if options.json:
        show(json.dumps([one.model_dump(mode="json") for one in given], ensure_ascii=False))
    elif given:
        _show_table(given)
        helpful = sum(one.verdict == "helpful" for one in given)
        show(f"\n{len(given)} in all: {helpful} helpful, {len(given) - helpful} not.")
    else:
        of_team = f" in workspace {options.team}" if options.team else ""
        days = f"{options.days} days" if options.days > 1 else "day"
        show(f"No feedback{of_team} in the last {days}. It comes from the buttons under answers in Slack.")


async def _read(settings: Settings, team: str, days: int) -> Sequence[Feedback]:
    async with open_stores(settings) as stores:
        return await stores.feedback.since(now() - timedelta(days=days), team)


def _show_table(given: Sequence[Feedback]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("when", "about", "by", "verdict"):
        table.add_column(title, no_wrap=True)
    table.add_column("reason", overflow="fold")
    for one in given:
        # On one line, and without what would steer a terminal.
        reason = "".join(filter(str.isprintable, " ".join(one.reason.split())))
        when = one.at.strftime("%Y-%m-%d %H:%M")
        table.add_row(when, one.about, one.by, _VERDICTS[one.verdict], reason)
    Console(highlight=False, markup=False).print(table)
