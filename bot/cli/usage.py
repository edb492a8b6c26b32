"""The command that shows what language models used. Whoever may read the Redis sees every account here."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import groupby

from rich.console import Console
from rich.table import Table

from bot.app import budgets_of, now, open_stores
from bot.cli.output import show
from bot.language_model import Budgets, UsageRow
from bot.settings import Settings

# In two lines and with rounded tokens, so that a row fits into 80 columns; --json has every digit.
_COUNTS = ("calls", "failed", "tokens in\n(cached)", "tokens\nout", "dollars", "accepted", "replaced")
_NO_FRACTIONS_FROM_USD = 1
_ROUNDED_FROM = 1_000


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Show what was used on the last days, and the budgets in force."""
    rows = asyncio.run(_read_usage(settings, options.days))
    budgets = budgets_of(settings)
    if options.json:
        content = {"budgets": asdict(budgets), "rows": [asdict(row) for row in rows]}
        show(json.dumps(content, ensure_ascii=False))
        return
    if rows:
        _show_table(rows)
        show("")
    else:
        days = "today (UTC)" if options.days == 1 else f"in the last {options.days} days"
        show(f"No language model was used {days}.")
    show(_in_words(budgets, settings.llm_model))


async def _read_usage(settings: Settings, days: int) -> Sequence[UsageRow]:
    today = now().date()
    async with open_stores(settings) as stores:
        return await stores.ledger.usage([str(today - timedelta(days=back)) for back in range(days)])


def _show_table(rows: Sequence[UsageRow]) -> None:
    table = Table(box=None, pad_edge=False, collapse_padding=True)
    table.add_column("account", overflow="fold", min_width=12)
    for title in _COUNTS:
        table.add_column(title, justify="right", no_wrap=True)
    for (day, team_id), accounts in groupby(rows, key=lambda row: (row.day, row.team_id)):
        if table.row_count:
            table.add_row()
        table.add_row(day)
        for row in accounts:
            name = f"workspace {team_id}" if row.kind == "workspace" else f"  {row.kind} {row.id}"
            table.add_row(name, *_counts(row))
    Console(highlight=False, markup=False).print(table)


def _counts(row: UsageRow) -> tuple[str, ...]:
    return (
        f"{row.calls:,}",
        f"{row.failures:,}",
        f"{_rounded(row.tokens_in)} ({_rounded(row.tokens_cached)})",
        _rounded(row.tokens_out),
        _dollars(row),
        f"{row.accepted:,}",
        f"{row.replaced:,}",
    )


def _rounded(tokens: int) -> str:
    """Return 3 digits or a little more: 950, 1.2k, 128k, 9.6M, 12,345M."""
    amount, unit = float(tokens), ""
    for larger in ("k", "M"):
        if amount < _ROUNDED_FROM:
            break
        amount, unit = amount / _ROUNDED_FROM, larger
    digits = 1 if unit and amount < 10 else 0  # noqa: PLR2004 - one digit before the point
    return f"{amount:,.{digits}f}{unit}"


def _dollars(row: UsageRow) -> str:
    """Return the known cost, with "≥" where the price of some calls is unknown; "–" where that of all is."""
    if row.unpriced_calls >= row.calls:
        return "–"
    digits = 2 if row.cost_usd >= _NO_FRACTIONS_FROM_USD else 4
    return f"{'≥' if row.unpriced_calls else ''}{row.cost_usd:,.{digits}f}"


def _in_words(budgets: Budgets, model: str) -> str:
    person, channel = budgets.tokens_per_person, budgets.tokens_per_channel
    workspace, usd = budgets.tokens_per_workspace, budgets.usd_per_workspace
    return "\n".join(
        (
            f"Budgets of a day (UTC): {person:,} tokens a person, {channel:,} a channel,",
            f"{workspace:,} a workspace, and ${usd:,.2f} a workspace where the price is known.",
            f"The model is {model}." if model else "No language model is set (LLM_MODEL).",
        )
    )
