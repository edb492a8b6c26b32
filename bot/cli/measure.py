"""The command that measures answers on case files."""

from __future__ import annotations

import argparse
import asyncio
import json

from bot.app import open_index, open_reference_on
from bot.cli.output import say, show
from bot.dialogue import Dialogue
from bot.evaluation.baselines import Baselines
from bot.evaluation.report import (
    evaluate_files,
    print_confusions,
    print_report,
    print_worst,
    report_as_json,
)
from bot.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Print the figures of an evaluation; nothing is kept in the log."""
    with open_index(settings, say) as index:
        dialogue = Dialogue(open_reference_on(index))
        report = asyncio.run(evaluate_files(options.files, dialogue, index.retriever.search_terms, say))
    if options.json:
        show(json.dumps(report_as_json(report), ensure_ascii=False))
        return
    print_report(report, Baselines())
    if options.confusions:
        print_confusions(report)
    if options.worst:
        print_worst(report)
