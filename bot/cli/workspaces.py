"""The commands on the workspaces that installed the app. No token is ever shown."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bot.app import Stores, membership_of, open_stores
from bot.cli.output import say, show
from bot.errors import InputInvalid, SettingsInvalid, StoredDataInvalid, WrongUsage
from bot.settings import Settings

_IN_SLACK = "In Slack the app is still installed there; what comes from there is acknowledged and dropped."


@dataclass(frozen=True)
class Row:
    """One workspace, as far as it may be shown."""

    team_id: str
    name: str
    installed_at: datetime
    installed_by: str
    missing_scopes: tuple[str, ...]
    problem: str
    """Why it is not served; "" when nothing is known against it."""


def run(options: argparse.Namespace, settings: Settings) -> None:
    """List the workspaces, remove one, or encrypt all tokens anew. Raises InputInvalid, SettingsInvalid."""
    if (options.action == "remove") != (options.team is not None):
        raise WrongUsage("write `workspaces remove T…`; `workspaces` lists them")
    if options.action == "remove":
        asyncio.run(_remove(options.team, settings))
    elif options.action == "rotate-keys":
        asyncio.run(_rotate(settings))
    else:
        _show(asyncio.run(_rows(settings)), as_json=options.json)


async def _rows(settings: Settings) -> list[Row]:
    async with open_stores(settings) as stores:
        listed = await stores.installations.listed()
        return [await _row(stores, team_id, since) for team_id, since in listed.items()]


async def _row(stores: Stores, team_id: str, since: datetime) -> Row:
    from bot.slack import scopes  # noqa: PLC0415 - Bolt is slow to import

    try:
        kept = await stores.installations.look_up(team_id)
    except StoredDataInvalid as error:
        return Row(team_id, "", since, "", (), str(error))
    if kept is None:
        return Row(team_id, "", since, "", (), "its token is gone; have the app installed there again")
    problem = ""
    try:
        await stores.installations.load(team_id)
    except StoredDataInvalid as error:
        problem = str(error)
    missing = tuple(sorted(scopes.needed() - set(kept.scopes)))
    return Row(team_id, kept.team_name, since, kept.installed_by, missing, problem)


async def _remove(team_id: str, settings: Settings) -> None:
    async with open_stores(settings) as stores:
        if team_id not in await stores.installations.listed():
            raise InputInvalid(f"the app is not installed in {team_id!r}; `workspaces` lists where it is")
        deleted = await membership_of(settings, stores).remove(team_id)
        await stores.files.rewrite()
    show(f"Deleted {deleted} things of workspace {team_id}, its token first.")
    say(_IN_SLACK)


async def _rotate(settings: Settings) -> None:
    if not settings.token_keys:
        raise SettingsInvalid("SLACK_TOKEN_KEYS is not set; put the new key before the old ones")
    failed: list[str] = []
    async with open_stores(settings) as stores:
        listed = await stores.installations.listed()
        for team_id in listed:
            try:
                await stores.installations.lock_anew(team_id)
            except StoredDataInvalid as error:
                say(str(error))
                failed.append(team_id)
        # The old form of what was encrypted anew is in its file until then.
        await stores.files.rewrite()
    if failed:
        raise InputInvalid(f"keep the old keys: {len(failed)} tokens are not under the new one")
    show(f"{len(listed)} tokens are encrypted with the first key; the others are not needed any more.")


def _show(rows: list[Row], *, as_json: bool) -> None:
    if as_json:
        listed = [{**asdict(row), "installed_at": row.installed_at.isoformat()} for row in rows]
        show(json.dumps(listed, ensure_ascii=False))
        return
    if not rows:
        show("No workspace has installed the app.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "name", "installed", "by", "missing scopes", "problem"):
        table.add_column(title, overflow="fold")
    for row in rows:
        since = row.installed_at.strftime("%Y-%m-%d %H:%M")
        missing = ", ".join(row.missing_scopes) or "–"
        table.add_row(row.team_id, row.name, since, row.installed_by, missing, row.problem or "–")
    Console(highlight=False, markup=False).print(table)
