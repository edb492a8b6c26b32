"""The command that looks at everything the bot stands on. It changes nothing but builds a missing index."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bot.app import now
from bot.cli.output import show
from bot.doctor import examine
from bot.errors import BotError
from bot.findings import Finding
from bot.settings import Settings

_SIGNS = {"good": "ok", "note": "note", "bad": "BAD"}


class NeedsRepair(BotError):
    """Something that the bot stands on must be repaired."""


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Print a line for each check. Raises NeedsRepair when one is bad."""
    findings = asyncio.run(_examine(settings))
    if options.json:
        show(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        _show_table(findings)
    broken = [finding.subject for finding in findings if finding.grade == "bad"]
    if broken:
        raise NeedsRepair(f"repair first: {'; '.join(broken)}")


async def _examine(settings: Settings) -> list[Finding]:
    return [finding async for finding in examine(settings, now())]


def _show_table(findings: list[Finding]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        remedy = f"\n→ {finding.remedy}" if finding.remedy else ""
        table.add_row(_SIGNS[finding.grade], finding.subject, f"{finding.words}{remedy}")
    Console(highlight=False, markup=False).print(table)
