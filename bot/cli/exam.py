"""The command that examines the language model: how far its reading is to be trusted."""

from __future__ import annotations

import argparse
import asyncio
import json

from rich.console import Console
from rich.table import Table

from bot.app import take_exam
from bot.cli.output import say, show
from bot.exam import ExamResult
from bot.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Have the model read labelled examples, keep how well it did, and print it."""
    result = asyncio.run(take_exam(settings, say))
    if options.json:
        show(json.dumps(result.model_dump(mode="json"), ensure_ascii=False))
    else:
        _print(result)


def _print(result: ExamResult) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("kind of fact")
    for heading in ("proposed", "right", "right by chance", "its word weighs"):
        table.add_column(heading, justify="right")
    for group, one in result.groups.items():
        weight = f"× {one.weight:g}" if one.weight > 1 else "nothing"
        right = f"{one.right / one.proposals:.2f}" if one.proposals else "–"
        table.add_row(group, str(one.proposals), right, f"{one.by_chance:.2f}", weight)
    Console().print(table)
    failed = f"; {result.failures} calls came to nothing" if result.failures else ""
    read = "reads along" if result.trust.counts else "writes, but does not read"
    show(f"{result.model} on {result.items} examples{failed}: it {read}.")
