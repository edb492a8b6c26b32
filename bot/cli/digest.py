"""The command that shows or posts a weekly digest."""

from __future__ import annotations

import argparse
import asyncio

from bot.app import digest_poster, now, open_stores, schedule_of
from bot.cli.output import say, show
from bot.digest import build_digest, due_week, week_bounds
from bot.errors import InputInvalid
from bot.plain_text import render_digest
from bot.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Show one channel's digest with --dry-run, else post it unless it was posted."""
    schedule = schedule_of(settings)
    week = options.week or due_week(now(), schedule)
    week_bounds(week, schedule.zone)
    asyncio.run((_show if options.dry_run else _post)(settings, options, week))


async def _show(settings: Settings, options: argparse.Namespace, week: str) -> None:
    since, until = week_bounds(week, schedule_of(settings).zone)
    async with open_stores(settings) as stores:
        team = options.team or await _only_team(await stores.log.team_ids())
        digest = await build_digest(stores.log.between(team, since, until), options.channel, week)
    show(render_digest(digest))


async def _post(settings: Settings, options: argparse.Namespace, week: str) -> None:
    async with open_stores(settings) as stores:
        poster = await digest_poster(settings, stores)
        posted = await poster.post(options.channel, week)
    say(f"Digest of {week} {'posted to' if posted else 'was posted before in'} {options.channel}.")


async def _only_team(teams: list[str]) -> str:
    if len(teams) > 1:
        raise InputInvalid(f"there are several workspaces; choose one with --team: {', '.join(teams)}")
    return teams[0] if teams else ""
