"""The commands on the inbox: how much waits, what was given up and why, and once more. No word is shown."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bot.app import open_stores
from bot.cli.output import say, show
from bot.errors import InputInvalid, WrongUsage
from bot.ports import InboxState
from bot.settings import Settings
from bot.stores.inbox import DeadLetter
from bot.stores.keys import MAX_DEAD_LETTERS


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Show the backlog or the dead letters, or take one of those back. Raises InputInvalid."""
    if (options.action == "retry") != (options.id is not None):
        raise WrongUsage("write `inbox retry ID`; `inbox dead` lists the ids")
    if options.action == "retry":
        asyncio.run(_retry(settings, options.id))
    elif options.action == "dead":
        _show_dead(asyncio.run(_dead_letters(settings)), as_json=options.json)
    else:
        _show_state(asyncio.run(_state(settings)), as_json=options.json)


async def _state(settings: Settings) -> InboxState:
    async with open_stores(settings) as stores:
        return await stores.inbox.state()


async def _dead_letters(settings: Settings) -> Sequence[DeadLetter]:
    async with open_stores(settings) as stores:
        return await stores.inbox.dead_letters(MAX_DEAD_LETTERS)


async def _retry(settings: Settings, wanted: str) -> None:
    """Take a dead letter back, by its id or by the reference that the person was told."""
    async with open_stores(settings) as stores:
        letters = await stores.inbox.dead_letters(MAX_DEAD_LETTERS)
        found = [letter for letter in letters if wanted in (letter.id, letter.reference)]
        if not found or not await stores.inbox.retry(found[0].id):
            raise InputInvalid(f"there is no dead letter {wanted!r}; `inbox dead` lists them")
    say(f"{found[0].id} is back in the inbox; a running worker answers it.")


def _show_state(state: InboxState, *, as_json: bool) -> None:
    if as_json:
        show(json.dumps(asdict(state)))
        return
    waiting = f"{state.backlog:,} waiting or in work, the oldest for {state.oldest_s:,.0f} s"
    show(f"{waiting if state.backlog else 'Nothing waits'}; {state.dead_letters:,} given up.")


def _show_dead(letters: Sequence[DeadLetter], *, as_json: bool) -> None:
    if as_json:
        rows = [{**asdict(letter), "buried_at": letter.buried_at.isoformat()} for letter in letters]
        show(json.dumps(rows, ensure_ascii=False))
        return
    if not letters:
        show("Nothing was given up.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "given up", "attempts", "why"):
        table.add_column(title, no_wrap=title != "why")
    for letter in letters:
        when = letter.buried_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(letter.id, when, str(letter.attempts), letter.reason)
    Console(highlight=False, markup=False).print(table)
