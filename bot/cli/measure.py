"""The command that measures answers on case files."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from bot.app import open_dialogue, open_index, open_reference_on
from bot.cli.output import say, show
from bot.evaluation.baselines import Baselines
from bot.evaluation.report import (
    Report,
    evaluate_files,
    print_confusions,
    print_report,
    print_worst,
    report_as_json,
)
from bot.settings import Settings


async def _measured(files: Sequence[Path], settings: Settings) -> Report:
    with open_index(settings, say) as index:
        async with open_dialogue(settings, open_reference_on(index), say) as dialogue:
            return await evaluate_files(files, dialogue, index.retriever.search_terms, say)


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Print the figures of an evaluation; nothing is kept in the log."""
    report = asyncio.run(_measured(options.files, settings))
    if options.json:
        show(json.dumps(report_as_json(report), ensure_ascii=False))
        return
    print_report(report, Baselines())
    if options.confusions:
        print_confusions(report)
    if options.worst:
        print_worst(report)
